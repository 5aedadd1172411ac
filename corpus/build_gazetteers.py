"""Build the machine-made gazetteers from public data.

Writes ``divisions.tsv``, ``towns.tsv``, ``zones.tsv`` and ``surnames.tsv``.  The hand
judgements (names left out, names added, corrected forms) are read from
``exclusions.txt`` in the output folder, or are the small tables below.
``places.tsv``, ``soe.tsv`` and ``guards.tsv`` are kept by hand and not touched.

Usage: python build_gazetteers.py DATA_DIR OUT_DIR
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

NAME = re.compile(r"[\u3400-\u9fff·（）]+")

# --------------------------------------------------------------------------
# hand judgements

ETHNIC = [
    "蒙古族",
    "回族",
    "藏族",
    "维吾尔族",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "土家族",
    "哈尼族",
    "哈萨克族",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "拉祜族",
    "水族",
    "东乡族",
    "纳西族",
    "景颇族",
    "柯尔克孜族",
    "土族",
    "达斡尔族",
    "仫佬族",
    "羌族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "锡伯族",
    "阿昌族",
    "普米族",
    "塔吉克族",
    "怒族",
    "俄罗斯族",
    "鄂温克族",
    "德昂族",
    "保安族",
    "裕固族",
    "独龙族",
    "鄂伦春族",
    "各族",
    "蒙古",
    "哈萨克",
    "柯尔克孜",
    "塔吉克",
    "锡伯",
    "维吾尔",
]
ETHNIC_TAIL = re.compile("(?:" + "|".join(sorted(ETHNIC, key=len, reverse=True)) + ")+$")

#: Short forms that the suffix rule cannot give, by full name.
SHORT_FIXED = {
    "内蒙古自治区": "内蒙古",
    "东乡族自治县": "东乡",
    "神农架林区": "神农架",
    "井陉矿区": "",
    "峰峰矿区": "峰峰",
    "回民区": "",
    "梅里斯达斡尔族区": "梅里斯",
    "管城回族区": "管城",
    "瀍河回族区": "瀍河",
    "顺河回族区": "顺河",
    "鄂温克族自治旗": "鄂温克旗",
    "鄂伦春自治旗": "鄂伦春旗",
    "莫力达瓦达斡尔族自治旗": "莫旗",
    "科尔沁左翼中旗": "科左中旗",
    "科尔沁左翼后旗": "科左后旗",
    "科尔沁右翼前旗": "科右前旗",
    "科尔沁右翼中旗": "科右中旗",
    "察哈尔右翼前旗": "察右前旗",
    "察哈尔右翼中旗": "察右中旗",
    "察哈尔右翼后旗": "察右后旗",
    "土默特左旗": "土左旗",
    "土默特右旗": "土右旗",
    "东乌珠穆沁旗": "东乌旗",
    "西乌珠穆沁旗": "西乌旗",
    "达尔罕茂明安联合旗": "达茂旗",
    "喀喇沁左翼蒙古族自治县": "喀左",
    "前郭尔罗斯蒙古族自治县": "前郭",
    "海西蒙古族藏族自治州": "海西州",
    "海北藏族自治州": "海北州",
    "海南藏族自治州": "海南州",
    "大理白族自治州": "大理州",
    "怒江傈僳族自治州": "怒江州",
    "红河哈尼族彝族自治州": "红河州",
    "浦东新区": "浦东",
    "沈北新区": "沈北",
    "滨海新区": "",
    "保定白沟新城": "",
}

MUNICIPALITIES = {"北京", "上海", "天津", "重庆"}

#: Shared short forms that one division clearly owns in news text.
SHORT_OWNER = {"通州": "110112"}

#: Retired divisions whose own (retired) code is certain: code, name, short.
FORMER = [
    ("110103", "崇文区", ""),
    ("110104", "宣武区", "宣武"),
    ("110224", "大兴县", ""),
    ("110228", "密云县", ""),
    ("110229", "延庆县", ""),
    ("120107", "塘沽区", "塘沽"),
    ("120108", "汉沽区", "汉沽"),
    ("120109", "大港区", ""),
    ("120221", "宁河县", ""),
    ("120223", "静海县", ""),
    ("120225", "蓟县", ""),
    ("310103", "卢湾区", "卢湾"),
    ("310108", "闸北区", "闸北"),
    ("310119", "南汇区", "南汇"),
    ("310230", "崇明县", ""),
]

EXTRA_PROVINCES = [
    ("710000", "台湾省", "台湾"),
    ("810000", "香港特别行政区", "香港"),
    ("820000", "澳门特别行政区", "澳门"),
]

NOT_DIVISION = re.compile(
    r"直辖|^市辖区$|^县$|开发|管委会|管理区|产业|工业园|示范区|实验区|产业园|聚集区|新加坡食品区|"
    r"文化旅游创意|风景名胜区|行政委员会|岛礁及其海域"
)
#: Rows named "X新区" that the table codes as counties but that are zones.
NEW_AREA_DIVISIONS = {"浦东新区", "滨海新区", "沈北新区"}
BANNER = re.compile(r".+[左右前中后]旗$|.+联合旗$")

#: Dated zone names of the sources, put right.
ZONE_RENAMED = {
    "襄樊经济技术开发区": "襄阳经济技术开发区",
    "秦皇岛市经济技术开发区": "秦皇岛经济技术开发区",
}
ZONE_SHORT = {
    "武汉东湖新技术开发区": "东湖高新区",
    "中关村科技园区": "",
    "杨凌农业高新技术产业示范区": "杨凌示范区",
    "黄河三角洲农业高新技术产业示范区": "黄三角农高区",
    "深圳市高新技术产业园区": "深圳高新区",
    "新疆生产建设兵团石河子高新技术产业开发区": "石河子高新区",
    "上海漕河泾新兴技术开发区": "漕河泾开发区",
    "漕河泾新兴技术开发区": "",
    "上海张江高新技术产业开发区": "张江高新区",
    "张江高科技园区": "张江高科",
    "海南洋浦经济开发区": "洋浦经开区",
    "广州南沙经济技术开发区": "南沙经开区",
    "惠州大亚湾经济技术开发区": "大亚湾经开区",
    "惠州仲恺高新技术产业开发区": "仲恺高新区",
    "东莞松山湖高新技术产业开发区": "松山湖高新区",
    "湖州莫干山高新技术产业开发区": "莫干山高新区",
    "河北雄安高新技术产业开发区": "雄安高新区",
    "山西转型综合改革示范区": "山西综改示范区",
    "郑州航空港经济综合实验区": "郑州航空港区",
    "上海化学工业经济技术开发区": "上海化学工业区",
    "唐山曹妃甸经济技术开发区": "曹妃甸经开区",
    "北京经济技术开发区": "北京经开区",
}

NEW_AREAS = [
    ("上海浦东新区", "浦东新区", "上海市"),
    ("天津滨海新区", "滨海新区", "天津市"),
    ("重庆两江新区", "两江新区", "重庆市"),
    ("浙江舟山群岛新区", "舟山群岛新区", "浙江省舟山市"),
    ("甘肃兰州新区", "兰州新区", "甘肃省兰州市"),
    ("广州南沙新区", "南沙新区", "广东省广州市"),
    ("陕西西咸新区", "西咸新区", "陕西省"),
    ("贵州贵安新区", "贵安新区", "贵州省"),
    ("青岛西海岸新区", "西海岸新区", "山东省青岛市"),
    ("大连金普新区", "金普新区", "辽宁省大连市"),
    ("四川天府新区", "天府新区", "四川省"),
    ("湖南湘江新区", "湘江新区", "湖南省长沙市"),
    ("南京江北新区", "江北新区", "江苏省南京市"),
    ("福州新区", "", "福建省福州市"),
    ("云南滇中新区", "滇中新区", "云南省昆明市"),
    ("哈尔滨新区", "", "黑龙江省哈尔滨市"),
    ("长春新区", "", "吉林省长春市"),
    ("江西赣江新区", "赣江新区", "江西省"),
    ("河北雄安新区", "雄安新区", "河北省"),
]
FTZ_PROVINCES = [
    "上海",
    "广东",
    "天津",
    "福建",
    "辽宁",
    "浙江",
    "河南",
    "湖北",
    "重庆",
    "四川",
    "陕西",
    "海南",
    "山东",
    "江苏",
    "广西",
    "河北",
    "云南",
    "黑龙江",
    "北京",
    "湖南",
    "安徽",
    "新疆",
]
OTHER_ZONES = [
    ("海南自由贸易港", "海南自贸港", "national", "ftz", "海南省"),
    ("上海自贸试验区临港新片区", "临港新片区", "national", "ftz", "上海市"),
    ("横琴粤澳深度合作区", "横琴合作区", "national", "other", "广东省珠海市"),
    ("前海深港现代服务业合作区", "前海合作区", "national", "other", "广东省深圳市"),
    ("河套深港科技创新合作区", "", "national", "other", "广东省深圳市"),
    ("深汕特别合作区", "", "other", "other", "广东省"),
    ("长三角生态绿色一体化发展示范区", "长三角示范区", "national", "other", ""),
    ("中关村国家自主创新示范区", "", "national", "hitech", "北京市"),
    ("平潭综合实验区", "", "national", "other", "福建省福州市"),
]
#: Zones without a division name in front that stand on their own.
ZONE_PLACE = {
    "中关村科技园区": "北京市",
    "燕郊高新技术产业开发区": "河北省三河市",
    "杨凌农业高新技术产业示范区": "陕西省咸阳市",
    "黄河三角洲农业高新技术产业示范区": "山东省东营市",
    "源城高新技术产业开发区": "广东省河源市",
    "萧山临江高新技术产业开发区": "浙江省杭州市",
    "武进高新技术产业开发区": "江苏省常州市",
    "青海高新技术产业开发区": "青海省",
    "楚雄高新技术产业开发区": "云南省楚雄彝族自治州",
    "新疆生产建设兵团石河子高新技术产业开发区": "新疆维吾尔自治区石河子市",
    "延吉高新技术产业开发区": "吉林省延边朝鲜族自治州",
}

ZONE_CUT = re.compile(r"(?:管理委员会|管委会|服务中心|服务管理办公室|特殊乡镇|特殊街道|（省级）|（农场）|管理)$")
ZONE_TAIL = re.compile(
    r"(经济技术开发区|高新技术产业开发区|高新技术产业园区|高技术产业开发区|高新技术开发区|"
    r"经济开发区|工业园区|产业园区|综合保税区|保税港区|保税区|高新区|工业园|产业园|科技园区|"
    r"经济区|示范区|实验区|工业区|开发区|新区|投资区|合作区)$"
)
ZONE_BAD = re.compile(
    r"片区|部分|组团|办事处|直属|乡级|类似|林场|农场|种畜场|街道|矿务局|园区园|养殖|生活区|小区|"
    r"移民|飞地|分区|（|）|国家高新区|旅游开发区$|开发区管|行政"
)
#: Division-like or generic remainders that do not name a zone on their own.
ZONE_GENERIC = re.compile(r"^[市县区旗]?(?:高新|新材料|汽车|化学|生物|现代|环保|物流|城[东西南北])")

#: Not surnames in practice, or words so frequent that they would misfire after a title.
SURNAME_DROPPED = set("枚曽么过长字军利力京道太来里达区步元初第业政考校征友母资质")
#: Frequent in the tagged corpus only as parts of foreign or given names.
SURNAME_NOT_COMMON = set("杰理斯伟果沃汝永")
#: Real surnames that are also frequent words: kept, but marked risky.
SURNAME_RISKY = set(
    "于和从向时关由那同元花巴封门山印凡银羊修农明皮井滑冷乌松蓝商衣师廉怀揭东战鱼水连党"
    "初区权居信生藏朝香虎越贵扶泰星端展火德海阿伊都才应正安全平满经占别保飞边千南"
)
SURNAME_COMPOUND_DROPPED = {"殴阳", "冷狐", "夏候", "刘傅", "第五"}
SURNAME_COMPOUND_RISKY = {
    "东方", "濮阳", "西门", "南门", "百里", "公羊", "闻人", "乐正", "太史", "司空", "司寇",
}  # fmt: skip
SURNAME_COMPOUND_COMMON = {
    "欧阳", "诸葛", "上官", "司马", "司徒", "皇甫", "尉迟", "慕容", "令狐", "端木", "夏侯", "公孙",
    "宇文", "申屠",
}  # fmt: skip
COMMON_SURNAMES = 300
#: A character this frequent that was never seen as a surname is left out.
CHAR_LIMIT = 1500
WORD_LIMIT = 15

# --------------------------------------------------------------------------
# input and output


def read_exclusions(path: Path) -> dict[str, set[str]]:
    """Return the hand judgements: kind -> names."""
    out: dict[str, set[str]] = defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, name, *_ = line.split("\t")
            out[kind].add(name)
    return out


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def write_tsv(path: Path, comments: Sequence[str], header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        for comment in comments:
            handle.write(f"# {comment}\n")
        handle.write("\t".join(header) + "\n")
        for row in rows:
            handle.write("\t".join(row) + "\n")
            count += 1
    return count


# --------------------------------------------------------------------------
# divisions


@dataclass
class Division:
    code: str
    name: str
    level: str
    short: str
    parent: str

    def row(self) -> tuple[str, str, str, str, str]:
        return self.code, self.name, self.level, self.short, self.parent


def short_name(name: str) -> str:
    """Strip the division suffix as news does; empty where nothing regular is left."""
    if name in SHORT_FIXED:
        return SHORT_FIXED[name]
    if name.endswith("群岛"):
        return ""
    if BANNER.match(name):
        return ""
    match = re.match(r"(.+)自治(?:区|州|县|旗)$", name)
    if match:
        base = match[1]
        short = ETHNIC_TAIL.sub("", base)
    else:
        short = re.sub(r"(?:特别行政区|新区|地区|省|市|县|区|旗|盟)$", "", name)
    return short if len(short) > 1 and short != name else ""


def pad(code: str) -> str:
    return code.ljust(6, "0")


def read_divisions(data: Path) -> list[Division]:
    folder = data / "admin_divisions"
    out: list[Division] = []
    for row in read_csv(folder / "provinces.csv"):
        name = row["name"]
        out.append(Division(pad(row["code"]), name, "province", short_name(name), ""))
    for code, name, short in EXTRA_PROVINCES:
        out.append(Division(code, name, "province", short, ""))
    cities: dict[str, str] = {}
    for row in read_csv(folder / "cities.csv"):
        name = row["name"]
        if not NOT_DIVISION.search(name):
            cities[row["code"]] = name
            out.append(Division(pad(row["code"]), name, "city", short_name(name), pad(row["provinceCode"])))
    for row in read_csv(folder / "areas.csv"):
        name, city = row["name"], row["cityCode"]
        if NOT_DIVISION.search(name) or cities.get(city) == name:
            continue
        if name.endswith(("新区", "新城")) and int(row["code"][4:]) >= 70:
            continue  # a management zone with a statistical code
        parent = pad(city if city in cities else row["provinceCode"])
        out.append(Division(row["code"], name, "county", short_name(name), parent))
    for code, name, short in FORMER:
        out.append(Division(code, name, "county", short, code[:2] + "0000"))
    return out


def settle_shorts(divisions: list[Division], excluded: set[str]) -> None:
    """Empty short forms that are excluded or shared (the highest sole holder keeps one)."""
    holders: dict[str, list[Division]] = defaultdict(list)
    for division in divisions:
        if division.short in excluded:
            division.short = ""
        if division.short:
            holders[division.short].append(division)
    order = ("province", "city", "county")
    for short, found in holders.items():
        owner = SHORT_OWNER.get(short)
        top = min(order.index(d.level) for d in found)
        best = [d for d in found if order.index(d.level) == top]
        for division in found:
            keep = division.code == owner if owner else len(best) == 1 and division is best[0]
            if not keep:
                division.short = ""


# --------------------------------------------------------------------------
# zones


def zone_kind(name: str) -> str:
    if "保税" in name:
        return "bonded"
    if "自由贸易" in name or "自贸" in name:
        return "ftz"
    if re.search(r"高新|高技术|新技术|高科技", name):
        return "hitech"
    if re.search(r"经济技术开发区|经济开发区|开发区", name):
        return "etdz"
    return "newarea" if name.endswith("新区") else "other"


def zone_short(name: str, placer: Placer | None = None) -> str:
    if name in ZONE_SHORT:
        return ZONE_SHORT[name]
    if placer and (rest := placer.without_province(name)):
        return rest
    for tail, short in (
        ("经济技术开发区", "经开区"),
        ("农业高新技术产业示范区", "农高区"),
        ("高新技术产业开发区", "高新区"),
        ("高新技术产业园区", "高新区"),
        ("高新技术开发区", "高新区"),
        ("火炬高技术产业开发区", "火炬高新区"),
        ("经济开发区", "经开区"),
        ("综合保税区", "综保区"),
    ):
        if name.endswith(tail) and len(name) > len(tail) + 1:
            return name[: -len(tail)] + short
    return ""


class Placer:
    """Finds the division that a zone name begins with."""

    def __init__(self, divisions: Sequence[Division]) -> None:
        self.by_code = {d.code: d for d in divisions}
        self.provinces = {short_name(d.name): d for d in divisions if d.level == "province"}
        self.cities: dict[str, Division] = {}
        self.counties: dict[str, list[Division]] = defaultdict(list)
        for division in divisions:
            bare = short_name(division.name)
            if division.level == "city" and bare:
                self.cities[bare] = division
                if bare.endswith("州") and len(bare) > 2:
                    self.cities[bare.removesuffix("州")] = division
            elif division.level == "county":
                self.counties[division.name].append(division)
                if bare:
                    self.counties[bare].append(division)

    def path(self, division: Division) -> str:
        parent = self.by_code.get(division.parent)
        return (self.path(parent) if parent else "") + division.name

    def without_province(self, name: str) -> str:
        """The name less a leading province, where a city or county name follows it."""
        for short, division in self.provinces.items():
            if name.startswith(short) and short not in MUNICIPALITIES:
                rest = name[len(short) :].removeprefix("省")
                for size in range(2, 6):
                    head = rest[:size]
                    near = [*self.counties.get(head, [])]
                    if head in self.cities:
                        near.append(self.cities[head])
                    if any(d.code[:2] == division.code[:2] for d in near):
                        return rest
        return ""

    def find(self, name: str, province: str = "") -> str:
        if name in ZONE_PLACE:
            return ZONE_PLACE[name]
        top = self.provinces.get(province)
        rest = name
        for short, division in self.provinces.items():
            if name.startswith(short) and short not in self.cities:
                top, rest = division, name[len(short) :]
        for size in range(min(5, len(rest)), 1, -1):
            head = rest[:size]
            city = self.cities.get(head)
            if city and (top is None or city.parent == top.code):
                return self.path(city)
            found = [d for d in self.counties.get(head, []) if top is None or d.code[:2] == top.code[:2]]
            if len(found) == 1:
                return self.path(found[0])
        return self.path(top) if top else ""


def stat_zone(row: dict[str, str]) -> tuple[str, str] | None:
    """A named zone from the statistical table, as (name, place), or None."""
    name = row["name"].strip()
    while ZONE_CUT.search(name):
        name = ZONE_CUT.sub("", name)
    name = re.sub(r"综合保税区地区$", "综合保税区", name)
    name = ZONE_RENAMED.get(name, name)
    if ZONE_BAD.search(name) or not ZONE_TAIL.search(name) or not NAME.fullmatch(name):
        return None
    if name.endswith(("管理区", "风景区")):
        return None
    parts = [row[key] for key in ("province", "city", "county") if row[key]]
    bare = {re.sub(r"[省市县区旗盟]$", "", p) for p in parts} | {short_name(p) for p in parts}
    bare = {b for b in bare if len(b) > 1 and b != "市辖"}
    head = ZONE_TAIL.sub("", name)
    if not any(b in head for b in bare):
        return None
    # "清水县" + "工业园区" is a zone; a bare division name is one too
    if (head in parts or ZONE_GENERIC.match(head)) and not head.endswith(("市", "县", "区", "旗")):
        return None
    place = row["province"] + (row["city"] if row["city"] not in ("", "市辖区") else "")
    place = re.sub("省直辖县级行政区划|自治区直辖县级行政区划", "", place)
    return name, place


def read_zones(data: Path, divisions: Sequence[Division], dropped: set[str]) -> list[tuple[str, str, str, str, str]]:
    folder = data / "gazetteers"
    placer = Placer(divisions)
    zones: dict[str, tuple[str, str, str, str]] = {}

    def add(name: str, short: str, level: str, kind: str, place: str) -> None:
        if name in zones or name in dropped or not NAME.fullmatch(name):
            return
        zones[name] = ("" if short == name else short, level, kind, place)

    for name, short, place in NEW_AREAS:
        add(name, short, "national", "newarea", place)
    for province in FTZ_PROVINCES:
        place = placer.provinces[province].name
        add(f"中国（{province}）自由贸易试验区", f"{province}自贸试验区", "national", "ftz", place)
        add(f"{province}自由贸易试验区", f"{province}自贸区", "national", "ftz", place)
    for name, short, level, kind, place in OTHER_ZONES:
        add(name, short, level, kind, place)
    with (folder / "national_etdz_232.tsv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle, delimiter="\t"):
            name = ZONE_RENAMED.get(row["name"], row["name"])
            kind = "other" if re.search("工业园区|投资区|产业园区", name) else "etdz"
            add(name, zone_short(name), "national", kind, placer.find(name, row["province"]))
    for line in (folder / "national_hitech_zones.txt").read_text(encoding="utf-8").splitlines():
        if name := line.strip():
            add(name, zone_short(name), "national", "hitech", placer.find(name))
    known = {re.sub("[市县区]", "", n) for n in zones}
    starts = tuple(p for p in placer.provinces if p not in MUNICIPALITIES)
    with (folder / "zones_from_stat_codes.tsv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle, delimiter="\t"):
            found = stat_zone(row)
            if not found or re.sub("[市县区]", "", found[0]) in known:
                continue
            name, place = found
            kind = zone_kind(name)
            level = "other"
            if kind == "bonded" or placer.without_province(name) in zones:
                level = "national"
            elif kind in ("etdz", "hitech") and name.startswith(starts):
                level = "provincial"
            add(name, zone_short(name, placer), level, kind, place)
    # a short form shared by two zones, or equal to another zone's name, is emptied
    # (the only national zone among those that share it keeps it)
    shorts = Counter(short for short, *_ in zones.values() if short)
    national = Counter(short for short, level, *_ in zones.values() if level == "national")
    out = []
    for name, (short, level, kind, place) in zones.items():
        owner = level == "national" and national[short] == 1
        if short and ((shorts[short] > 1 and not owner) or short in zones):
            short = ""
        out.append((name, short, level, kind, place))
    rank = {"national": 0, "provincial": 1, "other": 2}
    return sorted(out, key=lambda r: (rank[r[2]], r[3], r[0]))


# --------------------------------------------------------------------------
# surnames


def count_surnames(path: Path, names: set[str]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Count surname tokens, ordinary word tokens and characters in the tagged corpus."""
    as_surname: Counter[str] = Counter()
    as_word: Counter[str] = Counter()
    chars: Counter[str] = Counter()
    with path.open(encoding="utf-8") as handle:
        for line in handle:
            tokens = [t.lstrip("[").split("]")[0].rsplit("/", 1) for t in line.split()[1:]]
            tokens = [t for t in tokens if len(t) == 2]
            for index, (word, tag) in enumerate(tokens):
                chars.update(word)
                if word not in names:
                    continue
                if tag != "nr":
                    as_word[word] += 1
                elif index + 1 < len(tokens) and tokens[index + 1][1] == "nr":
                    as_surname[word] += 1
    return as_surname, as_word, chars


def read_surnames(data: Path) -> list[tuple[str, str, str]]:
    source = data / "person_names" / "family_names_wainshine.txt"
    names = {n.strip() for n in source.read_text(encoding="utf-8").splitlines() if n.strip()}
    seen, words, chars = count_surnames(data / "pfr199801" / "199801.txt", names)
    single = sorted((n for n in names if len(n) == 1), key=lambda n: (-seen[n], n))
    out: list[tuple[str, str, str]] = []
    for place, name in enumerate(single):
        if name in SURNAME_DROPPED:
            continue
        if place < COMMON_SURNAMES:
            rank = "risky" if words[name] >= 10 * seen[name] else "common"
            if name in SURNAME_NOT_COMMON:
                rank = "rare"
        elif name in SURNAME_RISKY or (seen[name] and words[name] >= WORD_LIMIT):
            rank = "risky"
        elif not seen[name] and (words[name] >= WORD_LIMIT or chars[name] > CHAR_LIMIT):
            continue
        else:
            rank = "rare"
        out.append((name, "single", rank))
    for name in sorted(n for n in names if len(n) == 2 and n not in SURNAME_COMPOUND_DROPPED):
        rank = "risky" if name in SURNAME_COMPOUND_RISKY else "common" if name in SURNAME_COMPOUND_COMMON else "rare"
        out.append((name, "compound", rank))
    ranks = {"common": 0, "rare": 1, "risky": 2}
    return sorted(out, key=lambda r: (r[1] != "single", ranks[r[2]], r[0]))


# --------------------------------------------------------------------------


def read_towns(data: Path) -> list[tuple[str, str]]:
    """Names that end as towns do; zones, farms and firms of the list are no divisions."""
    rows = read_csv(data / "admin_divisions" / "streets.csv")
    towns = ((row["code"], row["name"]) for row in rows if re.search(r"(?:镇|乡|街道|苏木)$", row["name"]))
    return sorted((code, name) for code, name in towns if NAME.fullmatch(name))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data_dir", type=Path, metavar="DATA_DIR", help="folder of the public data")
    parser.add_argument("out_dir", type=Path, metavar="OUT_DIR", help="folder of the gazetteers")
    args = parser.parse_args()
    excluded = read_exclusions(args.out_dir / "exclusions.txt")

    divisions = read_divisions(args.data_dir)
    zones = read_zones(args.data_dir, divisions, excluded["zone"])
    settle_shorts(divisions, excluded["short"])
    count = write_tsv(
        args.out_dir / "divisions.tsv",
        [
            "Chinese administrative divisions down to county level (2023), with short forms.",
            "Columns: code (GB/T 2260, six digits), name, level (province, city, county), short",
            "(the name as news writes it, without suffix; empty where ambiguous or a word), parent.",
            "Source: Administrative-divisions-of-China (2023 release), WTFPL; Hong Kong, Macau,",
            "Taiwan and a few retired counties with certain codes added by hand.",
            "Made by build_gazetteers.py; hand judgements in exclusions.txt.",
        ],
        ("code", "name", "level", "short", "parent"),
        (d.row() for d in sorted(divisions, key=lambda d: d.code)),
    )
    print(f"divisions.tsv {count}")
    count = write_tsv(
        args.out_dir / "towns.tsv",
        [
            "Towns, townships and subdistricts of China (2023) with their codes.",
            "Columns: code (nine digits; the first six are the county's), name.",
            "Source: Administrative-divisions-of-China (2023 release), WTFPL. Made by build_gazetteers.py.",
        ],
        ("code", "name"),
        read_towns(args.data_dir),
    )
    print(f"towns.tsv {count}")
    count = write_tsv(
        args.out_dir / "zones.tsv",
        [
            "Development zones, bonded zones, free trade zones and new areas of China.",
            "Columns: name, short (regular short form in news, may be empty), level (national,",
            "provincial, other), kind (etdz, hitech, bonded, ftz, newarea, other), place (division).",
            "Source: official lists of national economic and technological development zones and of",
            "national high-tech zones; zone-like units of the 2023 statistical division codes",
            "(facts; the last by Administrative-divisions-of-China, WTFPL); new areas and free",
            "trade zones added by hand.  Made by build_gazetteers.py.",
        ],
        ("name", "short", "level", "kind", "place"),
        zones,
    )
    print(f"zones.tsv {count}")
    count = write_tsv(
        args.out_dir / "surnames.tsv",
        [
            "Chinese surnames.",
            "Columns: surname, kind (single, compound), rank (common: among the 300 most frequent",
            "in the tagged People's Daily of January 1998; rare: the rest; risky: a real surname",
            "that is mostly an ordinary word in running text).",
            "Source: Chinese-Names-Corpus by wainshine (Apache-2.0); ranks from counts in the PFR",
            "People's Daily corpus, January 1998 (counts only, no text).  Made by build_gazetteers.py.",
        ],
        ("surname", "kind", "rank"),
        read_surnames(args.data_dir),
    )
    print(f"surnames.tsv {count}")


if __name__ == "__main__":
    main()
