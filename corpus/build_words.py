"""Build ``lexicon/words.tsv``: everyday words, by which a name is told from a phrase.

A word of jieba's dictionary (MIT) is kept if segmented news has it too and not mostly as a name, or if the dictionary or
recent news (segmented by jieba) counts it often. Only words and their class are written; the corpora are counted, nothing
is copied.

Usage: python corpus/build_words.py DATA_DIR corpus/lexicon
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

import jieba

OFTEN = 20
"""Counts in the dictionary, or in recent news, from which a word needs no segmented news to vouch for it."""
RECENT = ("news_xinwenlianbo", "news_likgjava_eb", "gov_docs_hebei")
NAMES = frozenset(["nr", "ns", "nt", "nz", "nrt", "nrfg", "eng", "x", "j"])
CLASSES = {"n": "n", "v": "v", "a": "a", "d": "d"}
COMPANIES = """
宏碁 百思买 当当网 申能 招行 交行 攀钢 百事可乐 天威保变 友达 先声 达索 林内 有研 首开 心连心 强生 奔驰
日产 一重 二重 上药 中油 中船 中铁 仙童 住友 佳能 友邦 双汇 国药 国铁 外运 太钢 宝钢 包钢 首钢 鞍钢
邯钢 酒钢 本钢 用友 空客 网易 网联 网通 茅台 郎酒 汾酒 携程 商汤 国君 海油 百威 百济 金蝶 金风 铁通
神火 雨润 中环 富士 晨鸣 双环 恩德 古井 微创
""".split()  # noqa: SIM905
"""Words of the dictionary that news knows as companies."""
HEADER = """\
# Everyday words of two to four characters, by which a name (莱克, 宁德) is told from a phrase.
# class: n noun, v verb, a adjective, d adverb, x any other.
# Source: jieba's dictionary (MIT), less what segmented news (People's Daily of January 1998, SXU; counts only) shows to be
# a name or never has. Made by build_words.py.
word\tclass
"""


def main(data: Path, out: Path) -> None:
    news: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for line in (data / "pfr199801" / "199801.txt").read_text(encoding="utf-8").splitlines():
        for token in line.split():
            word, _, tag = token.rpartition("/")
            tag = tag.partition("]")[0]
            (named if tag in NAMES else news)[word.lstrip("[")] += 1
    more = Counter((data / "cws_sxu" / "train.txt").read_text(encoding="utf-8").split())
    recent: Counter[str] = Counter()
    for folder in RECENT:
        for line in (data / folder / "articles.jsonl").read_text(encoding="utf-8").splitlines():
            recent.update(jieba.cut(json.loads(line)["text"], HMM=False))
    rows: list[str] = []
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split()
        if not re.fullmatch(r"[一-龥]{2,4}", word) or word in COMPANIES:
            continue
        vouched = news[word] > 0 and named[word] <= news[word]
        seen = more[word] > 1 and not named[word]
        if vouched or (tag not in NAMES and not named[word] and (seen or max(int(count), recent[word]) >= OFTEN)):
            rows.append(f"{word}\t{CLASSES.get(tag[0], 'x')}")
    (out / "words.tsv").write_text(HEADER + "\n".join(sorted(rows)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
