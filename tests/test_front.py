"""Title, number, issuers, date and addressees, in the many ways in which documents print them."""

import pytest
from zhengce.extract.front import find_front, iso_date
from zhengce.extract.layout import clean
from zhengce.extract.parts import find_parts
from zhengce.extract.pipeline import extract_source
from zhengce.extract.records import Source

BODY = "\n为养鱼，现将有关事项通知如下：\n一、养鱼。各区要多养鱼。\n"
TITLE = "湖州市人民政府办公室关于养鱼的通知"
TO = "\n各区县人民政府：\n"
SIGNED = "湖州市人民政府办公室\n2022年3月1日\n"


def meta(source: str) -> dict[str, str]:
    text = clean(source)
    front = find_front(text, find_parts(text)[0])
    return {
        "title": front.title.value if front.title else "",
        "number": front.number.value if front.number else "",
        "issuers": "|".join(issuer.value for issuer in front.issuers),
        "date": front.date.value if front.date else "",
        "addressees": "|".join(body.value for body in front.addressees),
    }


@pytest.mark.parametrize(
    ("expected", "head"),
    [
        (TITLE, TITLE),
        (TITLE, "湖州市人民政府办公室\n关于养鱼的通知"),
        (TITLE, "湖州市人民政府办公室关于\n养鱼的通知"),
        (TITLE, "湖州市人民政府\n办公室关于养鱼\n的通知"),
        (TITLE, f"{TITLE}\n\n{TITLE}\n湖政办发〔2022〕3号"),
        (TITLE, f"{TITLE} {TITLE}"),
        (TITLE, f"湖州市人民政府办公室文件\n湖政办发〔2022〕3号\n{TITLE}"),
        (TITLE, f"首页 > 政务公开\n索引号：01/2022\n发布日期：2022-03-02\n{TITLE}"),
        (TITLE, f"特急\n{TITLE}"),
        (TITLE, f"索引号 430S00/2022-00001 文号 湖政办发〔2022〕3号\n{TITLE}\nHZCR-2022-00005"),
        ("湖州市渔业奖励办法", "《湖州市渔业奖励办法》"),  # the marks were part of it
        ("湖州市渔业奖励办法（试行）", "湖州市渔业奖励办法（试行）"),  # the bracket hid the title
        ("湖州市渔业奖励办法（2022年修订）", "湖州市渔业奖励办法\n（2022年修订）"),
        ("湖州市促进渔业和水产加工业高质量发展若干措施", "湖州市促进渔业和水产加工业\n高质量发展若干措施"),
        ("工业和信息化部财政部关于养鱼的通知", "工业和信息化部\n财政部\n关于养鱼的通知"),
        ("湖州市渔业若干措施", "湖州市人民政府\n湖州市渔业若干措施"),
        ("湖州市渔业纾困“十条”", "湖州市渔业纾困“十条”"),
        (TITLE, f"关于养鱼的通知\n{TITLE}"),  # first without its issuer, as a page's heading
        (TITLE, "关于养鱼的通知\n湖州市人民政府办公室\n关于养鱼的通知\n湖政办发〔2022〕3号"),
        ("湖州市渔业局湖州市财政局关于养鱼的通知", "湖州市渔业局\n湖州市财政局关于养鱼的通知"),
        (TITLE, f"湖政办发〔2022〕3号 {TITLE}"),  # the number stood in the title
        ("印发湖州市渔业办法的通知", "湖州市渔业办法\n\n印发湖州市渔业办法的通知"),  # a page headed with what is issued
        (TITLE, f"湖政办发〔2022〕3号-{TITLE}"),  # the mark behind the number was the title's
        (TITLE, f"{TITLE}\n文件有效性 有效\n文件编号 湖政办发〔2022〕3号\n文章正文"),
        (TITLE, f"{TITLE}\n【发布文号】湖政办发〔2022〕3号\n【是否有效】全文有效"),
    ],
)
def test_title(expected: str, head: str) -> None:
    assert meta(head + TO + BODY + SIGNED)["title"] == expected


def test_a_wrapped_first_paragraph_is_no_title() -> None:
    # was joined to the title, which ends where 措施 stands
    found = meta("湖州市渔业若干措施\n\n为支持渔业，推动\n高质量发展，制定本措施。\n一、养鱼。各区要多养鱼。")
    assert found["title"] == "湖州市渔业若干措施"


@pytest.mark.parametrize(
    ("expected", "source"),
    [
        ("湖政办发〔2022〕3号", f"湖政办发〔2022〕3号\n{TITLE}{TO}{BODY}"),
        ("湖政办发〔2022〕3号", f"{TITLE}\n湖政办发〔2022〕3号{TO}{BODY}"),
        ("湖政办发[2022]3号", f"{TITLE}\n湖政办发[2022]3号{TO}{BODY}"),
        ("湖政办发【2022】3号", f"{TITLE}\n湖政办发【2022】3号{TO}{BODY}"),
        ("湖政办发（2022）3号", f"{TITLE}\n湖政办发（2022）3号{TO}{BODY}"),
        ("湖政办发〔2022〕3号", f"{TITLE}\n（湖政办发〔2022〕3号）{TO}{BODY}"),  # became part of the title
        ("湖政办发〔2022〕3号", f"湖州市人民政府办公室文件 湖政办发〔2022〕3号\n{TITLE}{TO}{BODY}"),
        ("湖政办发〔2022〕3号", f"湖政办发〔2022〕3号 签发人：王某\n{TITLE}{TO}{BODY}"),
        ("湖政办发〔2022〕3号", f"索引号：01 发文字号：湖政办发〔2022〕3号 主题分类：农业\n{TITLE}{TO}{BODY}"),
        ("湖政办发〔2022〕3号", f"文 号：湖政办发〔2022〕3号\n{TITLE}{TO}{BODY}"),
        ("财政部税务总局公告2022年第14号", f"关于养鱼的公告\n财政部 税务总局公告2022年第14号\n{BODY}"),
        # cited numbers are not the own one
        ("", f"{TITLE}{TO}根据《国务院关于养鱼的意见》（国发〔2019〕28号），通知如下：\n一、养鱼。各区要多养鱼。"),
        ("", f"{TITLE}{TO}按照国发〔2019〕28号文件要求，通知如下：\n一、养鱼。各区要多养鱼。"),
    ],
)
def test_number(expected: str, source: str) -> None:
    found = meta(source)
    assert found["number"] == expected
    assert found["title"] in (TITLE, "关于养鱼的公告")


@pytest.mark.parametrize(
    ("issuers", "date", "closing"),
    [
        ("湖州市人民政府办公室", "2022-03-01", SIGNED),
        ("湖州市人民政府办公室", "2022-03-01", "湖州市人民政府办公室 2022年3月1日"),
        ("湖州市人民政府办公室", "2022-03-01", "湖州市人民政府办公室\n二〇二二年三月一日"),
        (
            "湖州市人民政府办公室",
            "2022-03-01",
            "湖州市人民政府办公室\n二○二二年三月一日\n（此件公开发布）\n抄送：市委各部门。",
        ),
        # the printer's date under 抄送 was taken for the signature
        ("湖州市人民政府办公室", "2022-03-01", f"{SIGNED}抄送：市委各部门。\n湖州市人民政府办公室 2022年3月4日印发"),
        ("湖州市财政局|湖州市商务局", "2022-03-01", "湖州市财政局 湖州市商务局\n2022年3月1日"),
        ("湖州市财政局|湖州市商务局", "2022-03-01", "湖州市财政局\n湖州市商务局\n2022年3月1日"),
        ("湖州市人民政府办公室", "2022-03-01", f"联系人：王某，电话：0572-000\n{SIGNED}"),
        ("湖州市人民政府办公室", "", ""),  # from the title
        (
            "湖州市财政局|湖州市农业农村局|湖州市经济和信息化局|湖州市发展和改革委员会|湖州市审计局",
            "2022-03-01",
            "湖州市财政局 湖州市农业农村局 湖州市经济和信息化局 湖州市发展和改革委员会 湖州市审计局\n2022年3月1日",
        ),  # a long line of bodies was a measure
        ("湖州市财政局|财政部", "2022-03-01", "湖州市财政局 财政部\n2022年3月1日"),
        ("湖州市人民政府办公室", "2022-03-01", "2022年3月1日"),
    ],
)
def test_signature(issuers: str, date: str, closing: str) -> None:
    found = meta(TITLE + TO + BODY + closing)
    assert (found["issuers"], found["date"]) == (issuers, date)


@pytest.mark.parametrize(
    ("issuers", "title"),
    [
        ("国务院扶贫办|财政部", "国务院扶贫办 财政部关于养鱼的通知"),  # was one body
        ("交通运输部|国家邮政局|国家铁路集团", "交通运输部 国家邮政局 国家铁路集团 关于运鱼的通知"),
        ("浙江省人民政府办公厅", "浙江省人民政府 办公厅关于养鱼的通知"),  # a name that a space broke is one
    ],
)
def test_issuers_of_the_title(issuers: str, title: str) -> None:
    assert meta(title + TO + BODY)["issuers"].replace(" ", "") == issuers


def test_an_issuer_without_its_place_is_named_with_it() -> None:
    source = "市商务局关于养鱼的通知\n湖商务〔2022〕3号\n各区县商务局：\n湖州市为养鱼，通知如下：\n"
    source += "一、养鱼。湖州市各区要多养鱼。\n"
    document = extract_source(Source(source + "（责任单位：市商务局）\n", "f.txt", "text/plain", "utf-8", ""))
    assert [issuer.value for issuer in document.issuers] == ["湖州市商务局"]


def test_a_list_item_above_the_signature_signs_nothing() -> None:
    assert meta(TITLE + TO + BODY + "二、市级部门\n1.市农业农村局\n" + SIGNED)["issuers"] == "湖州市人民政府办公室"


def test_a_page_table_gives_issuer_and_date_where_nobody_signs() -> None:
    found = meta(f"发文机关：湖州市农业农村局 成文日期：2022-03-01\n湖州市渔业若干措施\n{BODY}")
    assert (found["issuers"], found["date"]) == ("湖州市农业农村局", "2022-03-01")


@pytest.mark.parametrize(
    ("expected", "line"),
    [
        ("各区县人民政府|市府各部门|市直各单位", "各区县人民政府，市府各部门，市直各单位："),
        ("各区人民政府|市政府各委、办、局|各市属机构", "各区人民政府，市政府各委、办、局，各市属机构："),
        # departments whose brackets name several kinds were two
        (
            "各省、自治区、直辖市财政厅（局）、农业农村（农牧、畜牧兽医）厅（委、局）",
            "各省、自治区、直辖市财政厅（局）、农业农村（农牧、畜牧兽医）厅（委、局）：",
        ),
        ("各区县商务局、经信委（经信厅、工信厅）|各有关企业", "各区县商务局、经信委（经信厅、工信厅），各有关企业："),
        ("各市（州）人民政府|省政府各部门|各直属机构", "各市（州）人民政府，省政府各部门、各直属机构："),
        ("各区、县（市）人民政府|市政府各部门", "各区、县（市）人民政府，市政府各部门："),  # was two
        ("各市、县、自治县人民政府|省政府直属各单位", "各市、县、自治县人民政府，省政府直属各单位："),
        ("各市、区人民政府|市各委办局|各直属单位", "各市、区人民政府；市各委办局，各直属单位："),  # ； ended the front
        (
            "各区人民政府|市各委、办、局|市各直属单位",
            "各区人民政府，市各委、办、局，市各直属单\n位：",
        ),  # wrapped in a name
        ("各市州、县市区人民政府|省政府各厅委", "各市州、县市区人民政府，省政府各厅委："),
        ("各镇人民政府|各有关单位", "各镇人民政府，\n各有关单位："),
        (
            "各市、县（区）财政局、农业农村局|省直各单位",
            "各市、县（区）财政局、农业农村局，省直各单位：",
        ),  # 各市 was one
        ("各区、县商务局", "各区、县商务局："),
        ("各有关单位", "各有关单位："),
        (
            "各省、自治区财政厅（局）、水利厅|新疆生产建设兵团财政局、水利局",  # a bare 水利厅 has no place
            "各省、自治区财政厅（局）、水利厅，新疆生产建设兵团财政局、水利局：",
        ),
        ("各县人民政府|临湖开发区、高新区管委会", "各县人民政府，临湖开发区、高新区管委会："),  # one noun for both
        ("各设区市教育局、民政局|临湖新区社会事业局", "各设区市教育局、民政局，临湖新区社会事业局："),
        ("各区人民政府|市财政局|市商务局", "各区人民政府、市财政局、市商务局："),
        ("各县委、人民政府|市各国家机关|中央、省驻湖单位", "各县委、人民政府，市各国家机关，中央、省驻湖单位："),
        ("各省、自治区、直辖市、计划单列市财政厅（局）", "各省、自治区、直辖市、计划单列市财政厅（局）："),
        ("各镇人民政府|开发区管委会", "各镇人民政府，开发\n区管委会："),
        ("各省直管县人民政府|各省级部门", "各省直管县人民政府、各省级部门："),
        ("", ""),
    ],
)
def test_addressees(expected: str, line: str) -> None:
    found = meta(f"{TITLE}\n湖政办发〔2022〕3号\n{line}{BODY}{SIGNED}")
    assert found["addressees"] == expected
    assert found["title"] == TITLE


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("2022-03-01", "2022年3月1日"),
        ("2022-03-21", "二〇二二年三月二十一日"),
        ("2019-10-08", "二○一九年十月八日"),
        ("2022-03-01", "2022-3-1"),
        (None, "2022年13月1日"),
        (None, "2022年3月"),
    ],
)
def test_iso_date(iso: str | None, text: str) -> None:
    assert iso_date(text) == iso


def test_zones_with_one_noun_are_one_addressee() -> None:
    # regression: the zones before 和 lost their noun
    addressed = "各县市区人民政府，湖州高新区、经开区和太湖示范区管委会，市直各单位："
    text = f"湖州市人民政府关于养鱼的通知\n{addressed}\n一、养鱼。各区要养鱼。\n"
    made = extract_source(Source(text, "f.txt", "text/plain", "utf-8", ""))
    assert [stated.value for stated in made.addressees] == [
        "各县市区人民政府",
        "湖州高新区、经开区和太湖示范区管委会",
        "市直各单位",
    ]


def test_a_signature_that_lost_its_date_is_no_measure() -> None:
    # regression: the issuer's line before a page's furniture was read as a sentence
    end = "湖州市人民政府\n扫一扫在手机打开当前页\n相关解读\n"
    text = f"湖州市人民政府关于养鱼的意见\n各区人民政府：\n一、养鱼。各区要养鱼。\n{end}"
    made = extract_source(Source(text, "f.txt", "text/plain", "utf-8", ""))
    assert [stated.value for stated in made.issuers] == ["湖州市人民政府"]
    assert [measure.text for measure in made.measures] == ["各区要养鱼。"]


def test_a_saved_page_names_what_it_shows() -> None:
    # regression: 信息名称：… was the title
    title = "市政府办公室关于印发养鱼若干措施的通知"
    furniture = f"信息名称：{title}\n号：014318600/2020-00217分类：综合政务/通知\n产生日期：2023-05-19\n"
    assert meta(f"{furniture}{title}\n各区人民政府：\n一、养鱼。各区要多养鱼。\n")["title"] == title


def test_narrow_spaces_only_space_out_the_names_of_a_signature() -> None:
    # regression: 国务院 and 国资委 were two
    signed = "财　政　部　　国　务　院　国　资　委\n2022年5月19日\n"
    text = f"财政部等部门关于养鱼的通知\n各地：\n一、养鱼。各地要多养鱼。\n{signed}"
    made = extract_source(Source(text, "f.txt", "text/plain", "utf-8", ""))
    assert [stated.value for stated in made.issuers] == ["财政部", "国务院国资委"]
    made = extract_source(
        Source(
            text.replace(signed, "市财政局 市人社局　　市商务局\n2022年5月19日\n"), "f.txt", "text/plain", "utf-8", ""
        )
    )
    assert [stated.value for stated in made.issuers] == ["市财政局", "市人社局", "市商务局"]


def test_bodies_of_one_place_stand_before_a_title() -> None:
    # regression: on one line, only the last of them was part of it
    bodies = "湖州市财政局 湖州市商务局 湖州市水利局"
    body = "各有关单位： 为养鱼，现通知如下： 一、养鱼。各区要多养鱼。"
    found = meta(f"{bodies} 关于养鱼的通知 湖财〔2020〕1号 {body} {bodies} 2020年2月1日")
    assert found["title"] == bodies.replace(" ", "") + "关于养鱼的通知"
    assert found["issuers"] == bodies.replace(" ", "|")


@pytest.mark.parametrize(
    ("issuers", "head"),
    [
        ("中共湖州市委|湖州市人民政府", "中共湖州市委 湖州市人民政府\n关于养鱼的意见\n（2022年3月1日）"),
        ("湖州市财政局|湖州市农业农村局", "湖州市财政局 湖州市农业农村局关于养鱼的通知"),
        ("湖州市人民政府办公室", "湖州市人民政府 办公室\n关于养鱼的通知"),
        ("湖州市人民政府办公室", "湖州市人民政府\n办公室关于养鱼的通知"),
    ],
)
def test_issuers_of_a_title(issuers: str, head: str) -> None:
    # regression: 中共湖州市委湖州市人民政府 was one body, and its region 湖州市委湖州市
    assert meta(head + BODY)["issuers"] == issuers


@pytest.mark.parametrize(
    "opening",
    [
        "为稳定渔业，保障各有关单位用鱼，根据省政府办公厅要求，现将养鱼事项通告如下：",
        "根据各部门意见，结合全市实际，提出以下措施：",
        "为支持市内企业，经有关部门会商，制定本政策：",
        "按照市政府要求，防范渔业事故，湖州市农业农村局发布养鱼安全提示：",  # was four addressees
        "根据《关于落实各方责任的通知》，结合防控指南，现提出养鱼指引，供企业和有关单位参考：",
    ],
)
def test_an_opening_paragraph_addresses_nobody(opening: str) -> None:
    assert meta(f"{TITLE}\n{opening}\n一、养鱼。各区要多养鱼。\n{SIGNED}")["addressees"] == ""


def test_bodies_sign_on_lines_of_their_own_without_a_date() -> None:
    found = meta(f"渔业部养殖部关于养鱼的通知{TO}{BODY}本通知自印发之日起施行。\n\n渔业部\n养殖部")
    assert found["issuers"] == "渔业部|养殖部"
