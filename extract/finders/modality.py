"""How a sentence binds: forbid, permit, encourage, and commit, the default.

The cues are the rules of `lexicon/modality.toml`. Commit is seldom said; beside another modality it is found by asking,
clause by clause, whether government itself acts outside the reach of that other modality.
"""

import re
from functools import cache

from ..segment import is_word
from .finding import Finding
from .rules import RuleBook, load_rules

_CLAUSE = re.compile("[^，；。！？]+")
_CLAUSE_END = re.compile("[，；。！？]")
_REACH = 24  # characters around a modal character that decide whether it is a word
_MODAL = frozenset({"forbid", "permit", "encourage"})

# what may stand before the verb that opens a clause
_ADVERB = re.compile(
    "(?:进一步|积极|加快|大力|全面|全力|深入|持续|切实|充分|继续|着力|严格|优先|定期|重点|不断|有效|及时|稳步|扎实|统筹|主动|同时|并|还|再|适当|适度|"
    "依法依规|依法|认真|精心|深度|大胆|积极稳妥|稳妥|因地制宜|高质量|常态化|精准|有序|尽快|密切|分类|同步|提前|也|创新|严肃|原则上|最大程度|逐步|广泛)*"
)
# verbs with which a clause says what government does (not what an enterprise or its situation is)
_ACT = re.compile(
    "(?:实施|实行|推行|推进|推广|推出|推动|加大|加强|加快|强化|优化|完善|健全|建立|建设|搭建|组建|构建|打造|开展|组织|举办|落实|执行|深化|延续|扩大|提高|提升|"
    "降低|减轻|减免|免收|免征|返还|退还|简化|压缩|压减|缩短|放宽|取消|清理|整治|查处|规范|制定|出台|修订|编制|发布|认定|评选|培育|支持|扶持|帮助|帮扶|协调|"
    "指导|提供|发放|给予|拨付|下达|安排|设立|统筹|利用|用好|维护|保障|确保|落地|稳定|拓展|拓宽|促进|创建|创新|启动|鼓励|提振|增加|丰富|畅通|探索|争取|"
    "联合|收集|(?<=充分)发挥|(?<=切实)发挥|控制|用足|力争|发展|追回|购买|公布|公开|督促|监测|考核|通报|纳入|做好|做实|抓好|坚持|引进|吸引|盘活|改进|改善|调整|严肃|严厉|推送|开通|开辟|开发|开设|满足|补齐|壮大|"
    "充实|巩固|缓解|优先|减少|推迟|列支|评选|资助|设立|压实|保证|选拔|培养|加快|出资|将|把)"
)
_CONDITION = re.compile(
    "(?:对于|对|因|凡|自|为|按|依|根据|在|如|若|经|由|截至|除|符合|受|从|当|以|针对|面向|通过|结合|到|至|围绕|聚焦)"
)
# an act inside a clause that opens with a circumstance (依托平台开展活动)
_LATER_ACT = re.compile(
    "提供|开展|举办|组织|搭建|实行|实施|推行|给予|予以|安排|免收|免征|减半|拨付|发放|返还|(?:房租|租金)减?免|不停[供水电气]|不断[供水电气]"
)
# a sum that is given, whoever is encouraged before it (第一家奖励100万元)
_GIVES = re.compile(
    r"(?:奖励|补助|补贴|资助|奖补|给予|予以)[^，]{0,12}\d[\d.]*(?:%|[万亿]?元)|\d[\d.]*(?:%|[万亿]?元)[^，]{0,10}(?:奖励|补助|补贴|资助|奖补)$"
)
_NEW_SUBJECT = re.compile(
    "由?(?:省|市|县|区|国家|中央|财政|税务|人力资源|各级|有关部门|相关部门|金融机构|具体)[^，]{0,14}(?:给予|负责|按|承担|安排|予以)"
)
_OWN_SUPPORT = re.compile("(?:重点|大力)?支持")
_OTHER_DOER = re.compile(
    "(?![^，]{0,4}(?:企业|业主|商户|个人))[^，]{0,10}(?:各地|地方|地市|各市|各县|各区|各级|政府|部门|有条件的|街道|开发区|银行|金融机构|保险机构|担保机构)"
)
# who is given something for having encouraged others (对鼓励运营的企业给予补贴)
_DESCRIBED = re.compile("[^，；。]{0,40}的[^，；。]{0,20}(?:给予|予以|奖励|补贴|补助)")
# what is to be, not what is asked (营造鼓励创新的环境, 政策的引导)
_QUALITY = re.compile("[^，。；]{0,20}的[^，。；]{0,8}(?:环境|氛围|导向|风尚|机制|格局|政策|社会)(?=[，。；、]|$)")
# who is spoken of, with what describes him: 实行承诺制的企业
_TOPIC = re.compile(
    "[^，对向为将把给]{2}的[^，的]{0,6}(?:企业|单位|个人|人员|项目|机构|商户|工商户|农户|主体|申请人|纳税人|毕业生)$"
)
_BRACKET = re.compile("（[^（）]*）|“[^“”]*”")
# who or when, before the verb of a clause (5年内市、区两级重点资助…, 市财政列支…, 各部门应…)
_SUBJECT = re.compile(
    r"(?:(?:\d{1,4}年(?:内|底前|起)?|每年|年内|年底前|\d{1,2}月底?前|[上下]半年|近期))?(?:[^，的对将把为]{0,16}(?:两级|部门|单位|机关|政府|财政|税务局|工作|银行|机构))?"
)
# what is given beside a prohibition: 不得断供且不收取滞纳金
_SPARES = re.compile("(?:不再?|免于)(?:收取|加收|计收|缴纳)")
# what government does beside what others may do: 可优先纳入，加大扶持力度
_MORE = re.compile("(?:并|同时|进一步)*(?:加大|加强|优化|完善|强化)[^，。；]{2,}")
# a clause with a doer of its own, whatever is permitted or asked beside it: 具体标准由各地确定, 登记机关当场办结
_BY_ANOTHER = re.compile(
    "由(?![^，]{0,4}双方|[^，]{0,4}(?:企业|当事|各方|申请人|用人单位|业主|个人|本人|单位自))[^，的]{2,24}"
    "(?:确定|制定|负责|办理|解决|核实|核定|移交|承担|落实|审核|审批|认定|组织|处理|统筹|代办|进行|出具|给予|补足|兜底)"
    "|^(?:登记|税务|经办|受理|主管|审批|许可|海关|银行|有关|相关|合作)?(?:机关|机构|部门|银行|海关|中心|窗口|法院)[^，的]{0,6}"
    "(?:自|应|在|须|及时|当场|按|免费|接|主动|同步|直接|予以|给予)"
)
# what somebody is spared, or given on top, which commits unless others are encouraged to it: 无需公示, 并协助办理
_SPARED = re.compile(
    "(?:^|[期满后前间])(?:[^，的]{0,8})(?:无需|无须|不需要?(?!求)|免予|免于|不计收|不征收|不收取|不加收|免收)"
    "|不影响|不因此|^(?:并|同步|同时)(?:协助|帮助|指导|同步|给予|予以|免费|主动|及时)"
)
# what a prohibition goes on with, and how somebody stands who may or must not
_GOES_ON = re.compile("(?:变相|擅自|违规|随意|强制|任意|私自)|[^，]*(?:已经?|未)(?!核定|形成|到期|收)")
_HIS_STATE = re.compile(
    "(?:同一)?(?:企业|项目|申请人|个人|单位|职工|农户|商户)(?!复工|开工|开办)(?!.{0,6}(?:实行|施行|延至))"
)
# what is done before a modal word or beside a prohibition: 企业复工实行备案制，不得…; 纳税申报期延至24日，还可…
_FINITE = re.compile(
    "实行|施行|实施|推行|延至|延长至|延期至|扩充|扩大至|提高至|提高到|降低至|降至|降为|下调|上浮|调整为|收回|追回|收缴|取消|限制|清零|结清|追究|顺延|代偿|抵扣|收取|为准|自定|拆除|就高|从高|照发|搭建|"
    "建立|举办|举行|开展|设立|办结|付款|支付|垫付|自动|一律|全部|全额|减半|保留|统一|按月"
)
_INCOMPLETE = re.compile("(?:按|根据|依据|依照|凭|由|在|以|对|通过)")


@cache
def _rules() -> RuleBook:
    return load_rules("modality")


def _cues(sentence: str) -> list[Finding]:
    """All cues, those of one character only where they are words (jieba reads no more than their surroundings)."""
    found = []
    brackets = [m.span() for m in _BRACKET.finditer(sentence)]
    for cue in _rules().find(sentence):
        if any(begin <= cue.begin and cue.end <= end for begin, end in brackets):
            continue  # what is added in brackets or quoted does not bind: （与其他政策不重复享受）, “拿地即可开工”
        if cue.end - cue.begin == 1:
            before = _CLAUSE_END.split(sentence[max(0, cue.begin - _REACH) : cue.begin])[-1]
            after = _CLAUSE_END.split(sentence[cue.begin : cue.begin + _REACH])[0]
            if not is_word(before + after, len(before), len(before) + 1):
                continue
        if cue.code == "encourage" and _describes(sentence, cue):
            continue
        found.append(cue)
    return found


def _describes(sentence: str, cue: Finding) -> bool:
    clause = _CLAUSE_END.split(sentence[max(0, cue.begin - _REACH) : cue.begin])[-1]
    if clause.endswith("的") or _QUALITY.match(sentence, cue.end):
        return True
    return "对" in clause and _DESCRIBED.match(sentence, cue.end) is not None


def _acts(clause: str) -> bool:
    """Say whether the clause tells an act of government and is no condition."""
    if clause.endswith(("的", "后")) or _TOPIC.search(clause):
        return False
    if _CONDITION.match(clause):
        # what stands before the last 的 describes somebody (对采取措施的企业)
        return _LATER_ACT.search(clause, clause.rfind("的") + 1) is not None
    return any(_ACT.match(clause, _end(_ADVERB, clause, begin)) for begin in (0, _end(_SUBJECT, clause, 0)))


def _is_finite(clause: str) -> bool:
    """Say whether a clause without a modal word tells what is done, and is neither a condition nor a mere topic."""
    if _CONDITION.match(clause) or clause.endswith(("的", "后", "前", "时", "期间", "情况下", "前提下", "基础上")):
        return False
    if _TOPIC.search(clause) or _GOES_ON.match(clause) or _HIS_STATE.match(clause):
        return False
    found = _FINITE.search(clause, clause.rfind("的") + 1) or _BY_ANOTHER.search(clause) or _SPARED.search(clause)
    return found is not None


def _end(pattern: re.Pattern[str], text: str, begin: int) -> int:
    """Where `pattern` ends if it matches at `begin`, else `begin`."""
    found = pattern.match(text, begin)
    return found.end() if found else begin


def _leaves_reach(clause: str, acts_at: list[int], governors: list[Finding], sentence: str) -> bool:
    """Say whether a clause after modal cues (`governors`) leaves their reach and commits government.

    `acts_at` are the places, in the clause, of the verbs that only government uses (code `act`).
    """
    last = governors[-1]
    if _NEW_SUBJECT.match(clause):
        return True
    stated = _BY_ANOTHER.search(clause) or (last.code != "encourage" and _SPARED.search(clause))
    if stated and not clause.endswith("的"):
        return True
    if last.code == "permit":
        if _MORE.match(clause) and not _INCOMPLETE.match(sentence, last.end):
            return True
        return bool(acts_at) and "申请" not in clause and not _INCOMPLETE.match(sentence, last.end)
    encouraged = [g for g in governors if g.code == "encourage"]
    if last.code == "forbid":
        return not encouraged and (bool(acts_at) or _acts(clause) or _is_finite(clause))
    if any(_OTHER_DOER.match(sentence, g.end) for g in encouraged):
        return False
    if _GIVES.search(clause):
        return True
    start = _ADVERB.match(clause)
    if _OWN_SUPPORT.match(clause) or (start.end() if start else 0) in acts_at:
        return True
    return bool(acts_at) and clause[0] in "对将把按"


def _commitment(sentence: str, cues: list[Finding]) -> Finding | None:
    """The commit of a sentence that has other modalities, or None."""
    governors: dict[str, Finding] = {}  # of each modality and doer the last cue; a few say what hundreds would
    at = 0
    for span in _CLAUSE.finditer(sentence):
        begin, end = span.span()
        inside = []
        while at < len(cues) and cues[at].begin < end:
            inside.append(cues[at])
            at += 1
        said = next((c for c in inside if c.code == "commit"), None)
        if said is not None:
            return said
        modal = [c for c in inside if c.code in _MODAL]
        if modal:
            spared = _SPARES.search(sentence, begin, end)
            if spared and all(cue.code == "forbid" for cue in modal):
                return Finding("commit", *spared.span(), "spares-beside")
            for cue in modal:
                key = f"{cue.code} {_OTHER_DOER.match(sentence, cue.end) is not None}"
                governors.pop(key, None)  # the order of the dict is the order in the text
                governors[key] = cue
            continue
        if governors:
            acts_at = [c.begin - begin for c in inside if c.code == "act"]
            commits = _leaves_reach(span.group(), acts_at, list(governors.values()), sentence)
        else:
            commits = _acts(span.group()) or _is_finite(span.group())
        if commits:
            return Finding("commit", begin, end, "acts-beside")
    return None


def find_modality(sentence: str) -> tuple[Finding, ...]:
    """Return each modality of a clean sentence once, in the order of its first cue; never empty, never raises.

    Codes: forbid, permit, encourage, commit. Commit is the default (rule `default`, the whole sentence) where no other
    modality is said, and is found beside another one where a clause of its own commits (rule `acts-beside`).
    """
    cues = _cues(sentence)
    first: dict[str, Finding] = {}
    for cue in cues:
        if cue.code in _MODAL:
            first.setdefault(cue.code, cue)
    if not first:
        said = next((c for c in cues if c.code == "commit"), None)
        return (said or Finding("commit", 0, len(sentence), "default"),)
    commit = _commitment(sentence, cues)
    if commit is not None:
        first["commit"] = commit
    return tuple(sorted(first.values(), key=lambda f: (f.begin, f.end, f.code)))
