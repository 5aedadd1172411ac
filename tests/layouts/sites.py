"""Pages as Chinese government sites make them, round articles of our own invention.

`$title`, `$date`, `$source`, `$author`, `$body` are filled in; `paragraph` and `caption` say how the site writes each of them.
"""

from string import Template
from typing import NamedTuple


class Story(NamedTuple):
    title: str
    day: tuple[int, int, int]
    source: str
    author: str
    paragraphs: tuple[str, ...]
    caption: str


class Site(NamedTuple):
    name: str
    section: str
    date: str
    byline: tuple[str, ...]
    paragraph: str
    caption: str
    page: str
    encoding: str = "utf-8"

    def html(self, story: Story) -> str:
        """The story as this site shows it; the caption stands after the second paragraph."""
        parts = [self.paragraph.format(text) for text in story.paragraphs]
        if self.caption:
            parts.insert(2, self.caption.format(story.caption))
        year, month, day = story.day
        return Template(self.page).substitute(
            title=story.title,
            date=self.date.format(year=year, month=month, day=day),
            source=story.source,
            author=story.author,
            body="\n".join(parts),
        )


STORIES = (
    Story(
        "浦阳经开区9个项目集中开工",
        (2024, 5, 7),
        "浦阳日报",
        "陆明轩",
        (
            "5月6日上午，浦阳经济技术开发区举行二季度重大项目集中开工仪式，本次开工项目共9个，总投资23.6亿元。",
            "市长汪思源出席仪式并宣布开工，他要求各部门靠前服务、主动对接，确保项目早投产、早见效。",
            "这批项目涵盖新材料、装备制造和现代物流三个领域，全部建成后年产值可达41亿元，带动就业3200人。",
            "仪式结束后，与会人员参观了已经投产的电机生产线。",
        ),
        "图为集中开工仪式现场。",
    ),
    Story(
        "全市防汛工作会议召开 邵启涵出席并讲话",
        (2021, 11, 3),
        "云岭市融媒体中心",
        "顾念慈",
        (
            "11月2日，全市防汛工作会议在云岭召开，总结今年防汛工作，部署今冬明春水利建设。",
            "市委书记邵启涵指出，今年汛期全市平均降雨量达612毫米，比常年多三成，各级各部门守住了堤防安全。",
            "会议要求：",
            "一、加快病险水库除险加固，年底前完成36座小型水库的主体工程。",
            "二、备足防汛物资，市、县两级储备编织袋80万条、块石1.2万立方米。",
            "“今冬要把该修的堤修好，该清的沟清完。”邵启涵说。",
        ),
        "会前，与会人员察看双溪水库大坝。邬可 摄",
    ),
    Story(
        "我县建成高标准农田12.5万亩",
        (2019, 3, 28),
        "县农业农村局",
        "柏青",
        (
            "记者从县农业农村局获悉，截至3月25日，全县建成高标准农田12.5万亩，占耕地面积的46%。",
            "在双溪镇丰乐村，平整后的田块连成一片，机耕路通到地头，喷灌设备正在调试（一期工程6800亩已交付使用）。",
            "“过去一亩地要浇三个钟头，现在按一下按钮就行。”种粮大户平海川算了一笔账，每亩节水120立方米，省工钱60元。",
        ),
        "图为丰乐村的喷灌设备。",
    ),
)

SITES = (
    Site(
        "trs",
        section="要闻",
        date="{year}-{month:02}-{day:02} 09:12",
        byline=("author", "source"),
        paragraph='<p style="text-indent:2em">　　{}</p>',
        caption='<p align="center"><img src="W020.jpg" alt=""></p><p align="center">{}</p>',
        page="""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>$title-浦阳市人民政府</title>
<meta name="ArticleTitle" content="$title"><meta name="PubDate" content="$date">
<style>.TRS_Editor p{line-height:2}</style><script src="/js/jquery.js"></script></head><body>
<div class="top"><a href="/">网站首页</a> <a href="/zw">政务公开</a> <a href="/hd">互动交流</a> <a href="/fw">办事服务</a></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/xw">新闻中心</a> &gt; <a href="/xw/yw">要闻</a></div>
<div class="main"><h1>$title</h1>
<div class="info"><span>发布时间：$date</span> <span>来源：$source</span> <span>作者：$author</span>
<span>浏览次数：<em id="n"><script>document.write(381)</script></em>次</span> <span>字号：[<a>大</a> <a>中</a> <a>小</a>]</span></div>
<div class="TRS_Editor">
$body
</div>
<div class="editor">责任编辑：鲁文清</div>
<div class="share">分享到：<a>微信</a> <a>微博</a></div>
<div class="near"><p>上一篇：<a href="1.html">全县春耕备耕有序推进</a></p><p>下一篇：<a href="2.html">城区三条道路完成改造</a></p></div></div>
<div class="footer"><p>主办：浦阳市人民政府办公室 承办：浦阳市大数据局</p><p>浙ICP备00000000号 浙公网安备 00000000000000号</p></div>
</body></html>""",
    ),
    Site(
        "tables of the 2000s",
        section="政务要闻",
        date="{year}年{month}月{day}日",
        byline=("author", "source"),
        paragraph="<P>&nbsp;&nbsp;&nbsp;&nbsp;{}</P>",
        caption="<P align=center><IMG src='a.jpg' border=0></P><P align=center><FONT color=#666666>{}</FONT></P>",
        encoding="gb18030",
        page="""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312"><TITLE>$title</TITLE></HEAD>
<BODY topMargin=0><TABLE width=778 align=center><TR><TD><A href="/">首页</A> &gt;&gt; <A href="/yw">政务要闻</A> &gt;&gt; 正文</TD></TR></TABLE>
<TABLE width=778 align=center><TR><TD width=180 vAlign=top><TABLE><TR><TD>领导之窗</TD></TR><TR><TD>政府公报</TD></TR><TR><TD>统计数据</TD></TR></TABLE></TD>
<TD vAlign=top><TABLE width="100%"><TR><TD align=center class=bt><B>$title</B></TD></TR>
<TR><TD align=center>发布日期：$date　来源：$source　作者：$author　点击数：381</TD></TR>
<TR><TD class=zw>
$body
</TD></TR>
<TR><TD align=right>【打印】 【关闭】</TD></TR></TABLE></TD></TR></TABLE>
<TABLE width=778 align=center><TR><TD align=center>版权所有：浦阳市人民政府　技术支持：市信息中心</TD></TR></TABLE></BODY></HTML>""",
    ),
    Site(
        "breaks",
        section="工作动态",
        date="{year}/{month:02}/{day:02}",
        byline=("source",),
        paragraph="　　{}<br>",
        caption='<img src="b.jpg" /><br/>{}<br/>',
        encoding="gb18030",
        page="""<html><head><meta charset="gbk"><title>$title_浦阳市发展和改革局</title></head><body>
<div id="nav"><a>首页</a><a>机构概况</a><a>通知公告</a></div>
<div id="pos">您现在的位置：<a href="/">首页</a> > <a href="/gz">工作动态</a></div>
<div id="content"><h2>$title</h2><p class="src">时间：$date 来源：$source</p>
<div id="zoom">
$body
</div>
<div class="tools"><a>打印本页</a> | <a>关闭窗口</a></div>
<div>上一条：没有了</div><div>下一条：<a>城区三条道路完成改造</a></div></div>
<div id="foot">主办单位：浦阳市发展和改革局　联系电话：0579-0000000</div></body></html>""".replace(
            "$title_", "${title}_"
        ),
    ),
    Site(
        "article tag",
        section="要闻动态",
        date="{year}-{month:02}-{day:02}",
        byline=("source",),
        paragraph="<p>{}</p>",
        caption='<figure><img src="c.jpg"><figcaption>{}</figcaption></figure>',
        page="""<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>$title | 浦阳市人民政府门户网站</title></head><body>
<header><nav><ul><li><a>首页</a></li><li><a>要闻</a></li><li><a>政策</a></li></ul></nav></header>
<nav class="breadcrumb"><a href="/">首页</a><span>&gt;</span><a href="/yw">要闻动态</a></nav>
<main><article><h1>$title</h1><p class="meta"><time>$date</time> <span>来源：$source</span></p>
$body
</article></main>
<aside><h3>相关新闻</h3><ul><li><a>全县春耕备耕有序推进</a></li><li><a>城区三条道路完成改造</a></li></ul></aside>
<footer><p>版权所有 浦阳市人民政府</p></footer></body></html>""",
    ),
    Site(
        "spans pasted from a word processor",
        section="园区建设",
        date="{year}年{month:02}月{day:02}日",
        byline=("source",),
        paragraph='<p class="MsoNormal"><span style="font-size:16pt"><span>&nbsp;&nbsp;&nbsp; </span><span><font face="仿宋">{}</font></span></span><o:p></o:p></p>',
        caption="<p><span><img src='d.jpg'></span></p><p><span style='color:#999'><span>&nbsp; {}</span></span></p>",
        page="""<html><head><meta charset="utf-8"><title>$title</title></head><body>
<div>当前位置：<a href="/">首页</a> > <a href="/yq">园区建设</a> > 正文</div>
<div class="title">$title</div>
<div class="sub">信息来源：$source 发布时间：$date 字体：<a>大</a> <a>中</a> <a>小</a></div>
<div class="con">
$body
<p>&nbsp;</p></div>
<p>责任编辑：鲁文清</p><div>扫一扫在手机打开当前页</div><div>分享</div></body></html>""",
    ),
    Site(
        "spans without blanks between them",
        section="图片新闻",
        date="{year}-{month:02}-{day:02}",
        byline=("author", "source"),
        paragraph="<div><span>　　{}</span></div>",
        caption="<div><img src='e.jpg'></div><div><span>{}</span></div>",
        page="""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>$title</title></head><body>
<div class="loc"><span>您的位置：</span><a>首页</a><i>›</i><a>政务动态</a><i>›</i><a>图片新闻</a></div>
<div class="box"><div class="tt"><h1>$title</h1></div>
<div class="fl"><span>来源：$source</span><span>作者：$author</span><span>发布时间：$date</span><span>浏览次数：381</span></div>
<div id="UCAP-CONTENT">
$body
</div>
<div class="bj">（责任编辑：鲁文清）</div><div class="qr">扫一扫 手机端浏览</div>
<ul class="pn"><li>上一篇：<a>全县春耕备耕有序推进</a></li><li>下一篇：<a>城区三条道路完成改造</a></li></ul></div>
<div class="links"><span>友情链接：</span><a>中国政府网</a><a>浙江省人民政府</a></div>
<div class="foot">网站标识码：0000000000 ICP备案号：浙ICP备00000000号</div></body></html>""",
    ),
    Site(
        "notice in upper case with a print button",
        section="部门动态",
        date="{year}-{month}-{day}",
        byline=(),
        paragraph="<P STYLE='TEXT-INDENT: 2EM'>{}",
        caption="",
        encoding="gb18030",
        page="""<?xml version="1.0" encoding="GBK"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>$title-云岭市水利局</title></head><body>
<div>首页 > 部门动态</div><h3 align="center">$title</h3><center>$date　【字号：大 中 小】【打印】</center><hr/>
<DIV class=content>
$body
</DIV>
<center>【关闭窗口】</center><hr><center>云岭市水利局 版权所有</center></body></html>""",
    ),
)
