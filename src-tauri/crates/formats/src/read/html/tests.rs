use super::*;

fn texts(html: &str) -> Vec<String> {
    read(html.as_bytes())
        .map(|read| read.lines.into_iter().map(|line| line.text).collect())
        .unwrap_or_default()
}

#[test]
fn what_is_hidden_is_left_out() {
    let html = "<style>.x{display:none} aside .y{visibility:hidden} @media print{.menu{display:none}} #dark{background:#222;color:#fff} .w{color:#FFF}</style>\
        <p>Seen</p><!-- a --><p hidden>b</p><p style='left:-9999px'>c</p><div class=x>d<p>e</p></div><p style=\"font-size: 0\">f</p>\
        <aside><p class=y>g</p></aside><div class=menu>Print this</div><div id=dark><p>On dark ground</p></div><p class=w>White on white</p>\
        <div class='cookie-banner'>Cookies</div><nav>Home</nav><p>R&amp;D &nbsp;at Yard & Sons</p>";
    assert_eq!(texts(html), ["Seen", "On dark ground", "R&D \u{a0}at Yard & Sons"]);
}

#[test]
fn parts_of_one_line_stay_on_it() {
    let html = "<style>.e{display:flex} .d{float:right} .k{display:inline-block;margin-right:14px} .c span + span::before{content:\" | \"}</style>\
        <div class=e><div>Staff RN</div><div>06/2020 – present</div></div>\
        <h3><time class=d>2021 – 2023</time> Analyst</h3>\
        <p><span class=k>Leeds 77000</span><span class=k>713-555-0117</span></p>\
        <p class=c><span>+1 604</span><span>Portfolio</span></p>\
        <div class=e><span>•</span><span>Welded hulls</span></div>";
    assert_eq!(
        texts(html),
        [
            "Staff RN\t06/2020 – present",
            "Analyst\t2021 – 2023",
            "Leeds 77000\t713-555-0117",
            "+1 604 | Portfolio",
            "Welded hulls"
        ]
    );
}

#[test]
fn headings_lists_sizes_and_links() {
    let html = "<style>body{font:10pt Arial} .big{font-size:2em;font-weight:700}</style><body><div class=big>Jane Example</div><h2>Work</h2>\
        <ul><li>One<li>Two <b>bold</b></ul><p>See <a href='https://example.org/jane'>my pages</a> and <a href='javascript:x'>this</a></p>";
    let lines = read(html.as_bytes()).expect("it is read").lines;
    let told: Vec<_> = lines
        .iter()
        .map(|line| (line.text.as_str(), line.heading, line.bullet, line.bold, line.size))
        .collect();
    assert_eq!(
        told,
        [
            ("Jane Example", 0, false, true, 20.0),
            ("Work", 2, false, true, 15.0),
            ("One", 0, true, false, 10.0),
            ("Two bold", 0, true, false, 10.0),
            ("See my pages and this", 0, false, false, 10.0),
        ]
    );
    assert_eq!(lines[4].links, [("my pages".to_owned(), "https://example.org/jane".to_owned())]);
    assert_eq!(lines[3].runs, ["Two", "bold"]);
}

#[test]
fn columns_are_regions_and_a_hundred_thousand_divs_cost_little() {
    let html = "<style>.g{display:grid;grid-template-columns:62mm 1fr}</style><div class=g><aside><p>Skills</p><p>Go</p></aside><main><p>Work</p><p>Yard</p></main></div>";
    let lines = read(html.as_bytes()).expect("it is read").lines;
    let regions: Vec<u32> = lines.iter().map(|line| line.region).collect();
    assert_eq!(regions[0], regions[1]);
    assert_eq!(regions[2], regions[3]);
    assert_ne!(regions[0], regions[2]);
    let deep = format!("<body>{}<p>Jane Example</p>", "<div>".repeat(100_000));
    assert_eq!(texts(&deep), ["Jane Example"]);
}

#[test]
fn what_nobody_closed_is_closed() {
    let html = "<p>One<p>Two<table><tr><td>a<td>b<tr><td>c</table><dl><dt>Term<dd>Said</dl>";
    assert_eq!(texts(html), ["One", "Two", "a\tb", "c", "Term", "Said"]);
}

#[test]
fn common_classes_are_known_where_the_sheet_is_elsewhere() {
    let body = "<div class='d-flex'><b>Welder</b><span>2016</span></div><p class=sr-only>Skip</p><h3>Yard <small class='float-right'>Leeds</small></h3>";
    let linked = format!("<html><link rel=stylesheet href='https://example.org/a.css'>{body}");
    assert_eq!(texts(&linked), ["Welder\t2016", "Yard\tLeeds"]);
    assert_eq!(texts(&format!("<html>{body}")).len(), 3);
}

#[test]
fn a_page_that_a_word_processor_saved() {
    let html = "<html xmlns:o='urn:x'><style><!-- /* Word */ p.MsoListParagraph {margin-left:36pt} --></style><body>\
        <p class=MsoNormal><b>Jane Example<o:p></o:p></b></p><p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>\
        <![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>\u{b7}<span>&nbsp;&nbsp; </span></span></span><![endif]>Welded hulls</p></body></html>";
    let lines = read(html.as_bytes()).expect("it is read").lines;
    let told: Vec<_> = lines.iter().map(|line| (line.text.as_str(), line.bullet)).collect();
    assert_eq!(told, [("Jane Example", false), ("Welded hulls", true)]);
}
