fn main() {
    let a: Vec<String> = std::env::args().collect();
    let bytes = std::fs::read(&a[1]).unwrap();
    let t = std::time::Instant::now();
    let o = formats::original(&bytes, Some(&a[1]), &formats::ReadOptions::default());
    eprintln!("{:?}", t.elapsed());
    match o {
        Ok(formats::Original::Html { html }) => {
            std::fs::write(&a[2], format!("<meta charset=utf-8>{html}")).unwrap()
        }
        Ok(p) => {
            eprintln!("{p:?}");
            let t = std::time::Instant::now();
            let d = formats::draw_page(&bytes, None, 1, 900, &formats::ReadOptions::default()).unwrap();
            eprintln!("{:?} {}", t.elapsed(), d.png.len());
            std::fs::write(&a[2], d.png).unwrap()
        }
        Err(e) => eprintln!("{e}"),
    }
}
