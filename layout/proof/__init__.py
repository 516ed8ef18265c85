"""What people look at besides the plate: snapshots, differences, marked pages."""
