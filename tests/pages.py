"""Saved web pages in the shapes that government sites have, made by the tests."""

import re
from html import escape

MARKS = re.compile(r"\*\*|^#+\s*", re.M)


def article(text: str) -> str:
    """Paragraphs of a text as a site's editor writes them: with styles, spans and wide spaces."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "\n".join(
        f'<p style="text-indent: 2em;"><span style="font-size: 12pt;">　　{escape(line)}</span></p>' for line in lines
    )


def gov_page(text: str, title: str = "", number: str = "", issuer: str = "", date: str = "", body: str = "") -> str:
    """A page as www.gov.cn shapes it: menu, catalogue, #UCAP-CONTENT, buttons and footer; `body` instead of `text`."""
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1.dtd">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312" />
<title>{escape(title)}_政府信息公开专栏</title>
<meta name="ArticleTitle" content="{escape(title)}" /><meta name="SiteName" content="人民政府" />
<link rel="canonical" href="https://www.example.gov.cn/zhengce/content_14.htm" />
<script>var title = "不是正文"; if (1 < 2) document.write("<p>一、脚本里的文字。</p>");</script>
<style>.bd1 {{ width: 100%; }}</style></head>
<body><div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/x">一、要闻</a></li></ul></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; 政府信息公开 &gt; 文件</div>
<table class="bd1" width="100%"><tbody>
<tr><td><b>索 引 号：</b></td><td>000014349/2022-00014</td><td><b>主题分类：</b></td><td>财政、金融、审计</td></tr>
<tr><td><b>发文机关：</b></td><td>{issuer}</td><td><b>成文日期：</b></td><td>{date}</td></tr>
<tr><td><b>标　　题：</b></td><td colspan="3">{escape(title)}</td></tr>
<tr><td><b>发文字号：</b></td><td>{number}</td><td><b>发布日期：</b></td><td>2022年03月01日</td></tr>
</tbody></table>
<div class="share">【字体：大 中 小】<a href="javascript:window.print()">打印</a> 分享到：<button>微信</button></div>
<div class="wrap"><td class="b12c" id="UCAP-CONTENT"></td><div id="UCAP-CONTENT">{body or article(text)}
<p>【打印本页】</p><p>责任编辑：某某某</p></div></div>
<div class="related">相关链接：<a href="/y">二、支持企业发展的措施。给予50万元奖励。</a></div>
<div class="footer"><p>主办单位：人民政府办公厅　网站标识码bm00000000　京ICP备00000000号</p></div>
</body></html>"""
