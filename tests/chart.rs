//! Charts: what must hold for every picture, checked on the boxes of its layout, and that odd input does no harm.
//!
//! The pictures are left in the folder for tests below `target`, to be looked at.

use std::path::Path;

use fiberplan::picture::chart::{
    Axis, BarRow, Bars, Body, Chart, ChartError, ChartSheet, Columns, Direction, Lines, RangeRow, Ranges, Rule, Series,
    layout, render_png, render_svg,
};

fn sheet(title: &str, charts: Vec<Chart>) -> ChartSheet {
    ChartSheet {
        title: title.to_owned(),
        subtitle: "eurasia-transit, scenario today (2026), 100 Gbps for 15 years, USD of 2026".to_owned(),
        charts,
        notes: vec!["Invented figures; only the shape of the picture is tested.".to_owned()],
        attribution: "fiberplan".to_owned(),
        ..ChartSheet::default()
    }
}

fn chart(caption: &str, body: Body) -> Chart {
    Chart { caption: caption.to_owned(), body }
}

fn series(name: &str, points: &[(f64, f64)]) -> Series {
    Series { name: name.to_owned(), points: points.to_vec(), dashed: false }
}

fn rule(at: f64, direction: Direction, label: &str) -> Rule {
    Rule { at, direction, label: label.to_owned() }
}

/// Income rises with the fee until traffic goes another way.
fn fee_and_income() -> ChartSheet {
    let saw = [
        (0.0, 0.0),
        (1.42, 9.8),
        (1.42, 7.9),
        (2.31, 12.85),
        (2.31, 6.1),
        (4.05, 10.7),
        (4.05, 3.2),
        (5.6, 4.4),
        (5.6, 0.0),
        (8.0, 0.0),
    ];
    let flat = [(0.0, 2.0), (2.31, 2.0), (2.31, 3.4), (5.6, 3.4), (5.6, 6.6), (8.0, 6.6)];
    let mut others = series("Iran, by Bajgiran", &flat);
    others.dashed = true;
    let lines = Lines {
        x: Axis::linear("Afghan transit fee, USD per Gbps-km-year"),
        y: Axis::linear("income, MUSD over the term"),
        series: vec![series("Afghanistan", &saw), others],
        rules: vec![
            rule(1.42, Direction::Vertical, "1.42: by Aqina"),
            rule(2.31, Direction::Vertical, "2.31: Torkham gives way to Chaman"),
            rule(4.05, Direction::Vertical, "4.05: the last corridor route"),
            rule(5.6, Direction::Vertical, "5.60: by Iran"),
        ],
    };
    sheet(
        "Afghanistan earns most at 2.31 USD per Gbps-km-year; above 5.60 all traffic goes through Iran",
        vec![chart("", Body::Lines(lines))],
    )
}

fn growth() -> ChartSheet {
    let sizes = [1e3, 1e4, 1e5, 1e6, 1e7];
    let times: [(&str, &[f64]); 8] = [
        ("building the graph in memory", &[1.4e-5, 1.1e-4, 1.5e-3, 9.6e-3, 9.5e-2]),
        ("one route, nothing prepared", &[4.6e-6, 3.2e-5, 2.1e-4, 2.6e-3, 4.9e-2]),
        ("one node to all", &[7.3e-6, 5.2e-5, 4.6e-4, 1.1e-2, 1.3e-1]),
        ("10 shortest loopless paths", &[4.4e-5, 1.6e-4, 1.4e-3, 5.5e-3, 3.6e-1]),
        ("cheapest disjoint pair", &[1.5e-5, 1.2e-4, 1.1e-3, 1.6e-2, 2.2e-1]),
        ("front of two criteria", &[2.5e-4, 6.2e-3, 1.4e-1, 3.2]),
        ("preparing a hierarchy", &[1.1e-3, 1.6e-2, 2.4e-1, 4.1]),
        ("a network folder read", &[4.1e-3, 3.1e-2, 3.2e-1, 3.6]),
    ];
    let memory: [(&str, &[f64]); 3] = [
        ("one route", &[2.8, 3.0, 5.7, 34.9, 325.2]),
        ("front of two criteria", &[3.1, 5.2, 31.0, 410.0]),
        ("a network folder read", &[6.1, 18.0, 120.0, 1150.0]),
    ];
    let lines = |list: &[(&str, &[f64])]| -> Vec<Series> {
        let points = |values: &[f64]| sizes.into_iter().zip(values.iter().copied()).collect::<Vec<_>>();
        list.iter().map(|(name, values)| series(name, &points(values))).collect()
    };
    let axis = || Axis::log("arcs");
    let time = Lines { x: axis(), y: Axis::log("seconds"), series: lines(&times), rules: vec![] };
    let ceiling = rule(24.0 * 1024.0, Direction::Horizontal, "24 GiB");
    let memory = Lines { x: axis(), y: Axis::log("peak memory, MB"), series: lines(&memory), rules: vec![ceiling] };
    let charts = vec![chart("Time", Body::Lines(time)), chart("Memory", Body::Lines(memory))];
    ChartSheet { width_px: 1800, height_px: 800, ..sheet("Time and memory grow in proportion to the network", charts) }
}

fn bars() -> ChartSheet {
    let parts = ["build", "operate", "lease", "transit fees", "border charges", "equipment"];
    let rows = [
        ("Turkmenistan", vec![4.2, 1.1, 3.9, 0.0, 0.2, 0.9]),
        ("Afghanistan", vec![11.8, 3.4, 1.2, 6.3, 0.4, 0.1]),
        ("Pakistan", vec![2.9, 0.8, 7.7, 0.0, 0.2, 0.9]),
        ("International waters", vec![0.0, 0.0, 2.4]),
    ];
    let note = |values: &[f64]| format!("{:.1} MUSD", values.iter().sum::<f64>());
    let row = |(label, values): &(&str, Vec<f64>)| BarRow {
        label: (*label).to_owned(),
        note: note(values),
        values: values.clone(),
    };
    let costs = Bars {
        unit: "MUSD over the term".to_owned(),
        parts: parts.map(str::to_owned).to_vec(),
        rows: rows.iter().map(row).collect(),
    };
    let shares = [
        ("by territory", vec![10.3, 23.2, 12.5]),
        ("equal", vec![15.4, 15.3, 15.3]),
        ("by fiber length contributed (ITU-T D.1040)", vec![12.0, 21.0, 13.0]),
        ("by benefit", vec![31.0, -6.2, 21.2]),
        ("Shapley value", vec![22.4, 1.7, 21.9]),
        ("nucleolus", vec![21.0, -1.1, 26.1]),
    ];
    let split = Bars {
        unit: "MUSD borne; to the left of zero: received".to_owned(),
        parts: ["Turkmenistan", "Afghanistan", "Pakistan"].map(str::to_owned).to_vec(),
        rows: shares.iter().map(row).collect(),
    };
    let charts = vec![chart("Cost by country and term", Body::Bars(costs)), chart("Who bears what", Body::Bars(split))];
    ChartSheet { width_px: 1800, height_px: 700, ..sheet("Half of the cost falls on Afghanistan's territory", charts) }
}

fn cash_flow() -> ChartSheet {
    let mut sum = 0.0;
    let (mut columns, mut line) = (Vec::new(), Vec::new());
    for year in 0..18 {
        let spent = if year < 3 { [-12.4, -6.1, -2.0][year] } else { 0.0 };
        let income = if year < 2 { 0.0 } else { 5.2 * 0.97_f64.powf(year as f64) };
        let values = vec![spent, if year < 2 { 0.0 } else { -0.8 }, income];
        sum += values.iter().sum::<f64>();
        columns.push(((2026 + year).to_string(), values));
        line.push(sum);
    }
    let body = Columns {
        unit: "MUSD, real".to_owned(),
        across: "year".to_owned(),
        parts: ["build", "operate", "income"].map(str::to_owned).to_vec(),
        columns,
        line: Some(("running sum".to_owned(), line)),
    };
    sheet("The corridor has paid for itself by 2034", vec![chart("Cash flow a year", Body::Columns(body))])
}

fn tornado() -> ChartSheet {
    let rows = [
        ("lease, land, Afghanistan", 26.1, 41.0),
        ("transit fee, Afghanistan", 27.9, 38.2),
        ("build, mountain, Afghanistan", 28.8, 35.5),
        ("discount rate", 34.4, 28.9),
        ("operation, land", 30.6, 32.1),
        ("border charge", 31.0, 31.5),
        ("terminal pair", 31.4, 31.9),
        ("landing", 31.2, 31.2),
    ];
    let row = |&(label, low, high): &(&str, f64, f64)| RangeRow {
        label: label.to_owned(),
        low,
        high,
        low_text: format!("{low:.1}"),
        high_text: format!("{high:.1}"),
    };
    let body = Ranges { unit: "MUSD".to_owned(), base: 31.2, rows: rows.iter().map(row).collect() };
    sheet(
        "Afghan lease prices drive the cost of the corridor more than all else",
        vec![chart("What the total becomes when one price moves", Body::Ranges(body))],
    )
}

fn every_kind() -> [(&'static str, ChartSheet); 5] {
    [
        ("fee", fee_and_income()),
        ("growth", growth()),
        ("bars", bars()),
        ("cash_flow", cash_flow()),
        ("tornado", tornado()),
    ]
}

/// Everything that must hold for the layout of any sheet.
fn check(what: &str, sheet: &ChartSheet) {
    let layout = layout(sheet).unwrap_or_else(|error| panic!("{what}: {error}"));
    for (index, text) in layout.texts.iter().enumerate() {
        assert!(layout.sheet.contains_rect(&text.rect), "{what}: {text:?} reaches out of the sheet");
        assert!(text.text_width <= text.rect.width() + 1e-6, "{what}: {text:?} is wider than its box");
        assert!(text.size_px >= 7.0, "{what}: {text:?} is too small to read");
        for other in &layout.texts[..index] {
            assert!(!text.rect.grown(-0.01).intersects(&other.rect), "{what}: {text:?} lies on {other:?}");
        }
    }
    for shape in &layout.shapes {
        let numbers = [shape.left, shape.top, shape.right, shape.bottom];
        assert!(numbers.iter().all(|number| number.is_finite()), "{what}: {shape:?}");
        assert!(layout.sheet.contains_rect(shape), "{what}: {shape:?} reaches out of the sheet");
    }
    assert_eq!(layout.plots.len(), sheet.charts.len(), "{what}");
    for plot in &layout.plots {
        assert!(layout.sheet.contains_rect(plot) && plot.width() >= 30.0 && plot.height() > 7.0, "{what}: {plot:?}");
    }
    for (across, up) in &layout.ticks {
        for ticks in [across, up] {
            let steps: Vec<f64> = ticks.windows(2).map(|pair| pair[1] - pair[0]).collect();
            let even = steps.iter().all(|step| (step / steps[0] - 1.0).abs() < 1e-6);
            let even = even && steps.iter().all(|&step| is_round(step));
            let round = even || ticks.iter().all(|&tick| is_round(tick));
            assert!(round, "{what}: the ticks {ticks:?} are not round");
        }
    }
    let svg = render_svg(sheet).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{what}");
    check_well_formed(what, &svg);
    assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{what}");
    assert_eq!(svg, render_svg(sheet).expect("drawn before"), "{what}: the same bytes");
}

/// Whether a number is 1, 2 or 5 times a power of ten.
fn is_round(number: f64) -> bool {
    let digits = format!("{number:.4e}");
    let mantissa: f64 = digits.split('e').next().and_then(|m| m.parse().ok()).expect("a mantissa");
    [1.0, 2.0, 5.0].contains(&mantissa)
}

/// Tags open and close in turn, attributes are quoted, and no bare ampersand stands anywhere.
fn check_well_formed(what: &str, svg: &str) {
    let mut open = Vec::new();
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        for (at, _) in rest[..start].match_indices('&') {
            let end = rest[at..start].find(';').expect("an entity ends");
            assert!(["&amp", "&lt", "&gt", "&quot", "&apos"].contains(&&rest[at..at + end]), "{what}: {}", &rest[at..]);
        }
        let end = start + rest[start..].find('>').unwrap_or_else(|| panic!("{what}: a tag does not end"));
        let tag = &rest[start + 1..end];
        assert_eq!(tag.matches('"').count() % 2, 0, "{what}: {tag}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "{what}");
        } else if !tag.ends_with('/') {
            open.push(tag.split_whitespace().next().expect("a name").to_owned());
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty(), "{what}: {open:?} is not closed");
}

fn texts(sheet: &ChartSheet) -> Vec<String> {
    layout(sheet).expect("a layout").texts.into_iter().map(|text| text.text).collect()
}

fn says(sheet: &ChartSheet, wanted: &str) -> bool {
    texts(sheet).iter().any(|text| text.contains(wanted))
}

#[test]
fn every_kind_of_chart_is_tidy_at_every_size() {
    for (name, sheet) in every_kind() {
        check(name, &sheet);
        let sizes = [(1400, 900), (900, 600), (400, 900), (2400, 500), (300, 300), (200, 200), (10_000, 600)];
        for (width_px, height_px) in sizes {
            let sheet = ChartSheet { width_px, height_px, ..sheet.clone() };
            match layout(&sheet) {
                Ok(_) => check(&format!("{name} {width_px}x{height_px}"), &sheet),
                Err(ChartError::NoRoom { .. }) => {
                    assert!(width_px.min(height_px) <= 300 && sheet.charts.len() > 1, "{name} {width_px}x{height_px}")
                }
                Err(error) => panic!("{name} {width_px}x{height_px}: {error}"),
            }
        }
    }
}

#[test]
fn pictures_are_png_of_the_size_asked_for() {
    for (name, sheet) in every_kind() {
        let bytes = render_png(&sheet).expect("a picture");
        assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n", "{name}");
        let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
        assert_eq!((side(16), side(20)), (sheet.width_px, sheet.height_px), "{name}");
        std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("chart_{name}.png")), bytes)
            .expect("written");
    }
}

#[test]
fn names_and_rules_are_readable() {
    for name in ["building the graph in memory", "front of two criteria", "24 GiB", "arcs", "seconds"] {
        assert!(says(&growth(), name), "{name}");
    }
    for label in ["1.42: by Aqina", "2.31: Torkham gives way to Chaman", "5.60: by Iran", "Afghanistan"] {
        assert!(says(&fee_and_income(), label), "{label}");
    }
    for label in ["running sum", "income", "2026", "2043", "MUSD, real"] {
        assert!(says(&cash_flow(), label), "{label}");
    }
    for label in ["discount rate", "41.0", "26.1", "at its low value"] {
        assert!(says(&tornado(), label), "{label}");
    }
    let layout = layout(&growth()).expect("a layout");
    assert_eq!(layout.ticks[0].0, [1e3, 1e4, 1e5, 1e6, 1e7]);
    assert_eq!(layout.ticks[1].1, [1.0, 10.0, 100.0, 1e3, 1e4, 1e5]);
}

/// Two lines over one axis that reach differently far, with ticks of different width beside them.
fn over_one_axis() -> ChartSheet {
    let fee = |title: &str, points: &[(f64, f64)], name: &str| Lines {
        x: Axis::linear("fee, USD"),
        y: Axis::linear(title),
        series: vec![series(name, points)],
        rules: vec![rule(1.5, Direction::Vertical, "now")],
    };
    let charts = vec![
        chart("Income", Body::Lines(fee("USD", &[(0.0, 0.0), (3.0, 1.2e9)], ""))),
        chart("Cost", Body::Lines(fee("MUSD", &[(0.0, 3.0), (7.9, 9.0)], "the best route of all"))),
    ];
    sheet("One axis", charts)
}

#[test]
fn charts_over_one_axis_line_up() {
    let sheet = over_one_axis();
    check("one axis", &sheet);
    let layout = layout(&sheet).expect("a layout");
    let (upper, lower) = (&layout.plots[0], &layout.plots[1]);
    assert!((upper.left - lower.left).abs() < 1e-6 && (upper.right - lower.right).abs() < 1e-6, "{upper:?} {lower:?}");
    assert!(upper.bottom < lower.top, "below each other");
    assert_eq!(layout.ticks[0].0, layout.ticks[1].0, "the same values at the same places");
    // Another axis: nothing in common, so side by side as before.
    let mut apart = over_one_axis();
    if let Body::Lines(lines) = &mut apart.charts[1].body {
        lines.x.title = "length, km".to_owned();
    }
    let apart = fiberplan::picture::chart::layout(&apart).expect("a layout");
    assert_ne!(apart.ticks[0].0, apart.ticks[1].0);
}

#[test]
fn bars_bear_their_values_and_the_legend_only_what_is_there() {
    let row =
        |label: &str, values: &[f64]| BarRow { label: label.to_owned(), values: values.to_vec(), note: String::new() };
    let names = ["one", "two", "nowhere", "four"];
    let of = |rows: Vec<BarRow>| {
        let body = Bars { unit: "MUSD".to_owned(), parts: names.map(str::to_owned).to_vec(), rows };
        sheet("Bars", vec![chart("", Body::Bars(body))])
    };
    // One country; eight, some with nothing, some below zero, one name beyond all measure.
    let one = of(vec![row("Turkmenistan", &[43.27, 0.0, 0.0, 1234.0])]);
    check("one country", &one);
    for told in ["43.3", "1,234", "one", "four"] {
        assert!(says(&one, told), "{told}");
    }
    assert!(!says(&one, "nowhere") && !says(&one, "two"), "{:?}", texts(&one));
    let long = "The Democratic Republic of a Country with a Name beyond All Measure and Reason ".repeat(3);
    let mut rows: Vec<BarRow> =
        (0..7).map(|i| row("Kyrgyzstan", &[f64::from(i) * 11.0, -8.5 * f64::from(i)])).collect();
    rows.push(row(&long, &[0.0, 0.0, 0.0, 0.0]));
    let eight = of(rows);
    check("eight countries", &eight);
    assert!(says(&eight, "−8.50") || says(&eight, "−17.0"), "{:?}", texts(&eight));
    // All zero: nothing is told, and nothing goes wrong.
    let zero = of(vec![row("Nobody", &[0.0; 4])]);
    check("all zero", &zero);
    assert!(!says(&zero, "one"), "{:?}", texts(&zero));
}

#[test]
fn odd_input_does_no_harm() {
    let lines = |points: &[(f64, f64)], x: Axis, y: Axis| {
        Body::Lines(Lines { x, y, series: vec![series("only", points)], rules: vec![] })
    };
    let (linear, log) = (|| Axis::linear("x"), || Axis::log("y"));
    let bodies = [
        ("no line", Body::Lines(Lines { x: linear(), y: linear(), series: vec![], rules: vec![] }), "nothing to show"),
        ("no point", lines(&[], linear(), log()), "nothing to show"),
        ("no numbers", lines(&[(f64::NAN, 1.0), (1.0, f64::NAN)], linear(), linear()), "nothing to show"),
        ("one point", lines(&[(3.0, 4.0)], linear(), linear()), "only"),
        ("one point on log", lines(&[(3.0, 4.0)], log(), log()), "only"),
        ("the same twice", lines(&[(0.0, 0.0), (0.0, 0.0)], linear(), linear()), "only"),
        (
            "negative on log",
            lines(&[(1.0, -4.0), (10.0, 5.0), (0.0, 3.0), (50.0, 9.0)], log(), log()),
            "Left out: 2 values",
        ),
        ("huge", lines(&[(0.0, 1e300), (1.0, -1e300)], linear(), linear()), "10³⁰⁰"),
        ("too huge", lines(&[(0.0, 1e308), (1.0, 2.0)], linear(), linear()), "Left out: 1 value "),
        ("tiny", lines(&[(1e-300, 1e-300), (1.0, 1e300)], log(), log()), "only"),
        ("narrow", lines(&[(1e15, 1.0), (1e15 + 1.0, 1.0 + 1e-15)], linear(), linear()), "only"),
        ("no bars", Body::Bars(Bars { unit: String::new(), parts: vec![], rows: vec![] }), "nothing to show"),
        (
            "no columns",
            Body::Columns(Columns {
                unit: String::new(),
                across: String::new(),
                parts: vec![],
                columns: vec![],
                line: None,
            }),
            "nothing to show",
        ),
        ("no ranges", Body::Ranges(Ranges { unit: String::new(), base: 0.0, rows: vec![] }), "nothing to show"),
        ("no base", Body::Ranges(Ranges { base: f64::NAN, ..ranges_of(&[(1.0, 2.0)]) }), "nothing to show"),
        (
            "flat ranges",
            Body::Ranges(Ranges { base: 5.0, ..ranges_of(&[(5.0, 5.0), (f64::INFINITY, 1.0)]) }),
            "Left out: 1 value ",
        ),
        ("one side", Body::Ranges(Ranges { base: 5.0, ..ranges_of(&[(6.0, 7.0), (1.0, 2.0), (7.0, 6.0)]) }), "row"),
        (
            "gaps in bars",
            Body::Bars(Bars {
                unit: "u".to_owned(),
                parts: vec!["a".to_owned()],
                rows: vec![bar("r", &[f64::NAN, 3.0, 1e300])],
            }),
            "Left out: 2 values",
        ),
        ("zero bars", Body::Bars(Bars { unit: "u".to_owned(), parts: vec![], rows: vec![bar("r", &[0.0])] }), "r"),
        (
            "line without end",
            Body::Columns(Columns {
                unit: "u".to_owned(),
                across: String::new(),
                parts: vec![],
                columns: vec![("a".to_owned(), vec![f64::INFINITY]), ("b".to_owned(), vec![])],
                line: Some(("sum".to_owned(), vec![f64::NAN, 2.0, 7.0])),
            }),
            "Left out: 2 values",
        ),
    ];
    for (what, body, wanted) in bodies {
        let sheet = sheet(what, vec![chart("", body)]);
        check(what, &sheet);
        assert!(says(&sheet, wanted), "{what}: {wanted:?} is not in {:?}", texts(&sheet));
        check(what, &ChartSheet { width_px: 200, height_px: 200, ..sheet });
    }
}

fn bar(label: &str, values: &[f64]) -> BarRow {
    BarRow { label: label.to_owned(), values: values.to_vec(), note: "a note".to_owned() }
}

fn ranges_of(rows: &[(f64, f64)]) -> Ranges {
    let row = |&(low, high): &(f64, f64)| RangeRow {
        label: "row".to_owned(),
        low,
        high,
        low_text: low.to_string(),
        high_text: high.to_string(),
    };
    Ranges { unit: "u".to_owned(), base: 0.0, rows: rows.iter().map(row).collect() }
}

#[test]
fn much_of_everything_stays_apart() {
    let long = "a label that goes on & on <without> an end in sight, \u{7} and a verylongwordwithoutanyspaceatallinit"
        .repeat(3);
    let rows: Vec<BarRow> = (0..60)
        .map(|i| BarRow { label: long.clone(), values: vec![f64::from(i), -3.0, 2.5], note: long.clone() })
        .collect();
    let many: Vec<String> = (0..25).map(|i| format!("part {i} {long}")).collect();
    let columns = (0..300).map(|i| (format!("{long} {i}"), vec![f64::from(i % 7), -1.0, 0.5])).collect();
    let range = |i: i32| RangeRow {
        label: long.clone(),
        low: f64::from(-i),
        high: f64::from(2 * i),
        low_text: long.clone(),
        high_text: long.clone(),
    };
    let rules = (0..40).map(|i| {
        let direction = if i % 2 == 0 { Direction::Vertical } else { Direction::Horizontal };
        rule(f64::from(i), direction, if i % 3 == 0 { &long } else { "short" })
    });
    let crowd: Vec<Series> =
        (0..25).map(|i| series(&format!("line {i} {long}"), &[(0.0, 1.0), (40.0, f64::from(i % 3))])).collect();
    let close: Vec<Series> =
        (0..9).map(|i| series(&format!("close {i}"), &[(0.0, 1.0), (40.0, 1.0 + f64::from(i) * 1e-3)])).collect();
    let lines = |series: Vec<Series>| {
        Body::Lines(Lines { x: Axis::linear(&long), y: Axis::linear(&long), series, rules: rules.clone().collect() })
    };
    let charts = vec![
        chart(&long, Body::Bars(Bars { unit: long.clone(), parts: many.clone(), rows })),
        chart(
            &long,
            Body::Columns(Columns {
                unit: long.clone(),
                across: long.clone(),
                parts: many,
                columns,
                line: Some((long.clone(), vec![1.0; 300])),
            }),
        ),
        chart(&long, Body::Ranges(Ranges { unit: long.clone(), base: 1.0, rows: (0..60).map(range).collect() })),
        chart(&long, lines(crowd)),
        chart("", lines(close)),
    ];
    for (index, one) in charts.iter().enumerate() {
        for (width_px, height_px) in [(1400, 900), (200, 200)] {
            let sheet = ChartSheet {
                title: long.clone(),
                subtitle: long.clone(),
                notes: vec![long.clone(); 9],
                attribution: long.clone(),
                width_px,
                height_px,
                charts: vec![one.clone()],
            };
            let what = format!("crowd {index} {width_px}x{height_px}");
            if matches!(layout(&sheet), Err(ChartError::NoRoom { .. })) {
                assert!(width_px == 200, "{what}");
                continue;
            }
            check(&what, &sheet);
        }
    }
    let all = ChartSheet { width_px: 2400, height_px: 1800, ..sheet(&long, charts) };
    check("all of them", &all);
    std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join("chart_crowd.png"), render_png(&all).expect("drawn"))
        .expect("written");
}

#[test]
fn sheets_out_of_range_are_refused() {
    let good = tornado();
    let tried = |width_px, height_px| render_svg(&ChartSheet { width_px, height_px, ..good.clone() });
    assert!(matches!(tried(199, 900), Err(ChartError::Size { width_px: 199, height_px: 900 })));
    assert!(matches!(tried(1400, 10_001), Err(ChartError::Size { .. })));
    let none = ChartSheet { charts: vec![], ..good.clone() };
    assert!(matches!(render_svg(&none), Err(ChartError::Charts { found: 0 })));
    let many = ChartSheet { charts: vec![good.charts[0].clone(); 13], ..good.clone() };
    assert!(matches!(render_svg(&many), Err(ChartError::Charts { found: 13 })));
    let tight = ChartSheet { charts: vec![good.charts[0].clone(); 12], width_px: 200, height_px: 200, ..good };
    assert!(matches!(render_svg(&tight), Err(ChartError::NoRoom { n_charts: 12, .. })));
}

/// Two bars do not need a whole sheet: the picture is as high as they and the notes under them.
#[test]
fn a_sheet_of_few_bars_is_less_high() {
    let row = |label: &str, value: f64| BarRow { label: label.to_owned(), values: vec![value], note: String::new() };
    let bars = || {
        let rows = vec![row("today", 100.0), row("tap-trilateral", 40.0)];
        Body::Bars(Bars { unit: "% of draws".to_owned(), parts: vec![], rows })
    };
    let sheet = ChartSheet {
        width_px: 1800,
        height_px: 1300,
        ..sheet("Two scenarios", vec![chart("How often", bars()), chart("How dear", bars())])
    };
    let planned = layout(&sheet).expect("there is room");
    let height = planned.sheet.height();
    assert!(height < 800.0, "{height}");
    let lowest = planned.plots.iter().map(|plot| plot.bottom).fold(0.0, f64::max);
    assert!(lowest > height * 0.6, "the bars end at {lowest} of {height}");
    let png = render_png(&sheet).expect("a picture");
    let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    assert_eq!((f64::from(side(16)), f64::from(side(20))), (1800.0, height));
}
