"""A seeded generator of plausible Chinese news prose, for pages that only have to be filled.

Our own sentences with slots; no fact in them is true of any place.
"""

from __future__ import annotations

import random

PLACES = (
    "东城区 西湖镇 南山县 北关街道 临江新区 青河乡 红柳湾村 大营盘社区 石桥工业园 柳沟农场"
).split()
BODIES = (
    "市发展改革委 市农业农村局 市教育局 市交通运输局 市卫生健康委 市文化和旅游局 市水利局"
).split()
THINGS = (
    "高标准农田 老旧小区改造 城乡供水管网 智慧停车场 社区养老服务站 农村公路 绿化带 托育机构 "
    "数据中心 冷链仓库 体育公园 图书馆分馆 充电桩 污水处理厂 滴灌设施 温室大棚"
).split()
PEOPLE = (
    "种植大户 社区工作者 企业负责人 返乡青年 乡村教师 网格员 护士长 快递员 驾驶员 合作社理事长"
).split()
VERBS = "开工建设 竣工投用 通过验收 启动改造 加快推进 全面铺开 提前完工 投入试运行".split()
GAINS = (
    "办事更方便了 出行更顺畅了 收入比去年多了一截 心里更踏实了 孩子上学近了 家门口就有活干 "
    "浇水省时又省力 看病不用再跑远路"
).split()

PATTERNS = (
    "{month}月{day}日，记者从{body}获悉，今年{place}计划实施{thing}项目{n}个，总投资{money}亿元，目前已有{m}个{verb}。",
    "走进{place}，{thing}现场机器轰鸣、车辆往来，工人们正抓住晴好天气加紧施工，力争在{month2}月底前全部完成。",
    "“以前总为这事发愁，现在{gain}。”{place}的一位{person}说，变化就发生在这两年。",
    "{body}有关负责人介绍，{thing}事关群众日常生活，必须把质量放在第一位，做到建一个、成一个、管好一个。",
    "数据显示，截至目前，全市{thing}覆盖率达到{pct}%，比上年同期提高{small}个百分点，惠及居民{n2}万户。",
    "为了让好事办好，{body}坚持问需于民，先后召开座谈会{m}场，收集意见建议{n}条，逐一写进实施方案。",
    "在{place}，{person}们还自发组成志愿服务队，利用早晚时间维护秩序、讲解政策，受到大家欢迎。",
    "下一步，{body}将会同有关部门建立长效机制，加强日常管护，让{thing}真正成为民心工程、放心工程。",
    "《{place}{thing}管理办法》同步出台，对建设标准、资金使用、后续养护等作出明确规定，自{month2}月1日起施行。",
    "据了解，该项目采用5G、AI识别等技术，运行后可节约用水{pct2}%左右，每年减少支出{n}万元。",
    "“关键是要用得上、管得住、可持续。”一位{person}这样评价，他已经是第{m}次来到现场。",
    "与此同时，{place}把{thing}与产业发展结合起来，吸引{m}家企业落户，新增就业岗位{n}个。",
)
HEADS = (
    "{thing}让群众得实惠",
    "{place}{thing}项目{verb}",
    "{place}用心办好民生实事",
    "{thing}建设跑出加速度",
    "小小{thing}　连着大民生",
    "{body}部署{thing}工作",
    "春到{place}处处新",
    "{place}：干部下沉解民忧",
)


def sentence(rng: random.Random, patterns: tuple[str, ...] = PATTERNS) -> str:
    """One sentence, or one headline."""
    month = rng.randint(1, 9)
    words = {
        "place": rng.choice(PLACES), "body": rng.choice(BODIES), "thing": rng.choice(THINGS),
        "person": rng.choice(PEOPLE), "verb": rng.choice(VERBS), "gain": rng.choice(GAINS),
    }  # fmt: skip
    figures = {
        "month": month, "month2": month + rng.randint(1, 3), "day": rng.randint(1, 28),
        "n": rng.randint(12, 480), "m": rng.randint(3, 11), "n2": round(rng.uniform(0.4, 9.9), 1),
        "money": round(rng.uniform(0.8, 29), 2), "pct": round(rng.uniform(70, 99), 1),
        "pct2": rng.randint(8, 40), "small": round(rng.uniform(0.4, 6), 1),
    }  # fmt: skip
    return rng.choice(patterns).format(**words, **figures)


def paragraphs(rng: random.Random, characters: int) -> list[str]:
    """Paragraphs of one to three sentences, together about so many characters."""
    found: list[str] = []
    while sum(map(len, found)) < characters:
        found.append("".join(sentence(rng) for _ in range(rng.randint(1, 3))))
    return found


def headline(rng: random.Random) -> str:
    """A headline of one line."""
    return sentence(rng, HEADS)
