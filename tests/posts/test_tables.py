"""Tables as programs write them: separators, quoting, line ends, names of columns, times."""

import pytest

ROW = "hello, it is here"

DIALECTS = {
    "commas": f'id,date,text\n1,2020-01-02,"{ROW}"\n',
    "semicolons": f'id;date;text\n1;2020-01-02;"{ROW}"\n',
    "tabs": f"id\tdate\ttext\n1\t2020-01-02\t{ROW}\n",
    "bars": f"id|date|text\n1|2020-01-02|{ROW}\n",
    "a line that tells the separator": f'sep=;\r\nid;date;text\r\n1;2020-01-02;"{ROW}"\r\n',
    "that line in quotation marks": f'"sep=;"\nid;date;text\n1;2020-01-02;"{ROW}"\n',
    "line ends of old Macs": f'id,date,text\r1,2020-01-02,"{ROW}"\r',
    "names with blanks and capitals": f'Post ID,Created At,Post Text\n1,2020-01-02,"{ROW}"\n',
    "names as programmers write them": f'postId,createdAt,postText\n1,2020-01-02,"{ROW}"\n',
    "a byte order mark": f'\ufeffid,date,text\n1,2020-01-02,"{ROW}"\n',
    "two byte order marks": f'\ufeff\ufeff"id","date","text"\n1,2020-01-02,"{ROW}"\n',
}


@pytest.mark.parametrize("written", DIALECTS.values(), ids=DIALECTS)
def test_dialects(written, read):
    [post], [entry] = read(written)
    assert (post.id, str(post.posted_at), post.text) == ("1", "2020-01-02 00:00:00+00:00", ROW)
    assert (entry.format, entry.unreadable) == ("table", ())


QUOTING = {
    "doubled marks": 'id,date,text\n1,2020-01-02,"he said ""no"", twice"\n',
    "marks behind a backslash": 'id,date,text\n1,2020-01-02,"he said \\"no\\", twice"\n',
}


@pytest.mark.parametrize("written", QUOTING.values(), ids=QUOTING)
def test_quotation_marks_in_a_cell(written, read):
    [post], _ = read(written)
    assert post.text == 'he said "no", twice'


def test_backslashes_that_escape_nothing_stay(read):
    [post], _ = read('id,date,text\n1,2020-01-02,"C:\\Users and ""no"" more"\n')
    assert post.text == 'C:\\Users and "no" more'


TIMES = {
    "2020-03-14T22:22:00+02:00": ("2020-03-14 20:22:00+00:00", "as written"),
    "2020/03/14 22:22:00": ("2020-03-14 22:22:00+00:00", "UTC (no zone given)"),
    "Sat, 14 Mar 2020 22:22:00 -0500": ("2020-03-15 03:22:00+00:00", "as written"),
    "Sat Mar 14 22:22:00 +0000 2020": ("2020-03-14 22:22:00+00:00", "as written"),
    "1584224520000": ("2020-03-14 22:22:00+00:00", "UTC"),
    "03/04/2020": (None, None),
    "Sat, 99 Mar 2020 22:22:00 GMT": (None, None),
    "soon": (None, None),
}


@pytest.mark.parametrize("written", TIMES)
def test_times(written, read):
    """A time that can be read in two ways is not read at all."""
    [post], _ = read(f'id,date,text\n1,"{written}",words\n')
    found = str(post.posted_at) if post.posted_at is not None else None
    assert (found, post.zone_rule) == TIMES[written]
