//! Draws one planned map, from the sea up to the names.

use super::basemap::Land;
use super::clip;
use super::compose::PanelPlan;
use super::labels::{Label, Tone};
use super::lines;
use super::marks::{BAND, badge, cross, disputed_dashes, mark};
use super::palette;
use super::routes::{BADGE_RADIUS, CASING, WIDTH};
use super::scale_bar::{North, ScaleBar};
use super::sheet::{Emphasis, LineStatus};
use crate::picture::Sizes;
use crate::picture::{Anchor, Brush, Canvas, DESCENT, Group, Line, PictureError, Rect, Weight};

/// Up to this size of things, coasts are lines of one pixel: the renderer draws those four times as fast as wider ones.
const HAIRLINES_TO: f64 = 1.3;

/// Draws a map.
pub(super) fn draw(canvas: &mut Canvas, panel: &PanelPlan, sizes: Sizes) -> Result<(), PictureError> {
    land(canvas, panel, sizes)?;
    water(canvas, panel, sizes)?;
    borders(canvas, panel, sizes)?;
    canvas.group(&Group::plain().faint_lines(0.22), |brush| {
        panel.graticule.lines.iter().for_each(|line| brush.line(line, palette::GRATICULE, sizes.px(0.8)));
    })?;
    names(canvas, panel, &[Tone::Country, Tone::CorridorCountry], sizes)?;
    cables(canvas, panel, sizes)?;
    routes(canvas, panel, sizes)?;
    canvas.group(&Group::plain(), |brush| {
        // The most important last, so that it lies on top.
        for symbol in panel.symbols.iter().rev() {
            mark(brush, symbol.mark, symbol.center, symbol.half, symbol.on_route, sizes);
        }
        for route in &panel.routes {
            if let Some(at) = route.badge {
                badge(brush, at, (route.rank, route.color), sizes.px(BADGE_RADIUS), sizes);
            }
        }
    })?;
    if let Some(bar) = &panel.scale_bar {
        scale_bar(canvas, bar, sizes)?;
    }
    if let Some(arrow) = &panel.north {
        north(canvas, arrow, sizes)?;
    }
    leaders(canvas, panel, sizes)?;
    names(canvas, panel, &[Tone::Soft, Tone::Plain, Tone::Strong], sizes)
}

fn land(canvas: &mut Canvas, panel: &PanelPlan, sizes: Sizes) -> Result<(), PictureError> {
    let pieces = &panel.basemap.land;
    canvas.group(&Group::plain(), |brush| match panel.view.edge_of_the_earth() {
        Some(edge) => {
            brush.rect(&panel.view.rect.grown(2.0), palette::BEYOND);
            brush.area(&clip::ring(&edge, &panel.view.rect.grown(2.0)), palette::SEA);
        }
        None => brush.rect(&panel.view.rect.grown(2.0), palette::SEA),
    })?;
    // All outlines first; the land then covers them on its own side and along its neighbours, and coasts are left.
    let width = if sizes.unit < HAIRLINES_TO { 1.0 } else { sizes.px(1.5) };
    canvas.group(&Group::bevelled(), |brush| {
        pieces.iter().filter(|piece| !piece.hole).for_each(|piece| brush.outline(&piece.ring, palette::COAST, width));
    })?;
    let in_corridor = |piece: &&Land| panel.corridor.iter().any(|code| code.eq_ignore_ascii_case(piece.code));
    canvas.group(&Group::plain(), |brush| {
        pieces.iter().filter(|piece| !in_corridor(piece)).for_each(|piece| brush.area(&piece.ring, palette::LAND));
    })?;
    if panel.corridor.is_empty() {
        return Ok(());
    }
    canvas.group(&Group::outlined(palette::CORRIDOR, 0.5), |brush| {
        let tinted = pieces.iter().filter(|piece| in_corridor(piece) && !piece.hole);
        tinted.for_each(|piece| brush.area(&piece.ring, palette::CORRIDOR));
    })?;
    // What lies in a hole of a tinted country is another country again.
    let holes: Vec<&Land> = pieces.iter().filter(|piece| in_corridor(piece) && piece.hole).collect();
    canvas.group(&Group::plain(), |brush| holes.iter().for_each(|piece| brush.area(&piece.ring, palette::LAND)))
}

fn water(canvas: &mut Canvas, panel: &PanelPlan, sizes: Sizes) -> Result<(), PictureError> {
    canvas.group(&Group::round(), |brush| {
        for (line, rank) in &panel.basemap.rivers {
            let width = sizes.px((1.5 - f64::from(*rank) * 0.1).max(0.6));
            brush.line(line, palette::RIVER, width);
        }
    })?;
    canvas.group(&Group::outlined(palette::SHORE, sizes.px(0.8)), |brush| {
        for (ring, island) in &panel.basemap.lakes {
            brush.area(ring, if *island { palette::LAND } else { palette::SEA });
        }
    })
}

fn borders(canvas: &mut Canvas, panel: &PanelPlan, sizes: Sizes) -> Result<(), PictureError> {
    let of_corridor =
        |sides: &[&str; 2]| panel.corridor.iter().any(|code| sides.iter().any(|side| code.eq_ignore_ascii_case(side)));
    for disputed in [false, true] {
        let group = if disputed { Group::dashed(&disputed_dashes(sizes)) } else { Group::round() };
        canvas.group(&group, |brush| {
            for strong in [false, true] {
                let (color, width) =
                    if strong { (palette::CORRIDOR_BORDER, sizes.px(1.7)) } else { (palette::BORDER, sizes.px(1.0)) };
                for border in panel.basemap.borders.iter().filter(|border| border.disputed == disputed) {
                    if of_corridor(&border.sides) == strong {
                        brush.line(&border.line, color, width);
                    }
                }
            }
        })?;
    }
    Ok(())
}

fn cables(canvas: &mut Canvas, panel: &PanelPlan, sizes: Sizes) -> Result<(), PictureError> {
    let line_sizes = sizes.scaled(panel.view.strength(sizes));
    canvas.group(&Group::round(), |brush| {
        for emphasis in [Emphasis::Removed, Emphasis::Added] {
            let Some(color) = palette::emphasis(emphasis) else {
                continue;
            };
            for part in panel.lines.iter().filter(|line| line.emphasis == emphasis).flat_map(|line| &line.parts) {
                brush.line(part, color, sizes.px(BAND));
            }
        }
    })?;
    for status in lines::STATUSES.into_iter().rev() {
        let group = lines::dashes(status, line_sizes).map_or_else(Group::round, |dashes| Group::dashed(&dashes));
        canvas.group(&group, |brush| {
            for line in panel.lines.iter().filter(|line| line.status == status) {
                let width = lines::width(line.medium, status, line_sizes);
                line.parts.iter().for_each(|part| brush.line(part, palette::line(line.medium, status), width));
            }
        })?;
    }
    canvas.group(&Group::round(), |brush| {
        for line in
            panel.lines.iter().filter(|line| line.status == LineStatus::Closed || line.emphasis == Emphasis::Removed)
        {
            for point in line.parts.iter().flat_map(|part| lines::cross_points(part, sizes)) {
                cross(brush, point, sizes);
            }
        }
    })
}

fn routes(canvas: &mut Canvas, panel: &PanelPlan, sizes: Sizes) -> Result<(), PictureError> {
    canvas.group(&Group::round(), |brush| {
        // The best route last, so that it lies on top.
        for route in panel.routes.iter().rev() {
            for (color, width) in [(palette::HALO, WIDTH + 2.0 * CASING), (palette::route(route.color), WIDTH)] {
                route.parts.iter().for_each(|part| brush.line(part, color, sizes.px(width)));
            }
        }
    })?;
    canvas.group(&Group::halo(palette::HALO, sizes.px(1.3)), |brush| {
        for route in panel.routes.iter().rev() {
            route.arrows.iter().for_each(|head| brush.area(head, palette::route(route.color)));
        }
    })
}

fn scale_bar(canvas: &mut Canvas, bar: &ScaleBar, sizes: Sizes) -> Result<(), PictureError> {
    canvas.group(&Group::plain().faint_areas(0.86), |brush| brush.rect(&bar.rect, palette::PAPER))?;
    canvas.group(&Group::plain(), |brush| {
        let (x, y) = bar.start;
        let field = bar.length / f64::from(bar.fields);
        let whole = Rect::from_size(x, y, bar.length, bar.thickness);
        brush.rect(&whole.grown(sizes.px(0.8)), palette::FRAME);
        for index in (0..bar.fields).filter(|index| index % 2 == 1) {
            brush.rect(&Rect::from_size(x + field * f64::from(index), y, field, bar.thickness), palette::PAPER);
        }
        for (text, at) in [("0", x), (bar.label.as_str(), x + bar.length)] {
            let size = bar.size;
            let color = palette::TEXT_SOFT;
            brush.text(Line {
                text,
                x: at,
                baseline: bar.baseline,
                size,
                weight: Weight::Regular,
                anchor: Anchor::Middle,
                color,
            });
        }
    })
}

fn north(canvas: &mut Canvas, north: &North, sizes: Sizes) -> Result<(), PictureError> {
    let (sin, cos) = north.angle.to_radians().sin_cos();
    // A point given as parts of the half length: to the right of north, and ahead.
    let at = |right: f64, ahead: f64| {
        let (right, ahead) = (right * north.half, ahead * north.half);
        (north.center.0 + right * cos + ahead * sin, north.center.1 + right * sin - ahead * cos)
    };
    canvas.group(&Group::halo(palette::HALO, sizes.px(1.5)), |brush| {
        brush.area(&[at(0.0, 0.35), at(0.3, -0.9), at(0.0, -0.65), at(-0.3, -0.9)], palette::FRAME);
        let (x, y) = at(0.0, 0.68);
        let size = north.half * 0.66;
        let (weight, anchor, color) = (Weight::Bold, Anchor::Middle, palette::FRAME);
        brush.text(Line { text: "N", x, baseline: y + size * 0.365, size, weight, anchor, color });
    })
}

fn leaders(canvas: &mut Canvas, panel: &PanelPlan, sizes: Sizes) -> Result<(), PictureError> {
    canvas.group(&Group::round(), |brush| {
        for (from, to) in panel.labels.iter().filter_map(|label| label.leader) {
            brush.line(&[from, to], palette::HALO, sizes.px(4.2));
            brush.line(&[from, to], palette::TEXT, sizes.px(1.5));
        }
    })
}

/// Draws the names of these tones. Halo and letter spacing belong to the group, so each size of spaced name is one.
fn names(canvas: &mut Canvas, panel: &PanelPlan, tones: &[Tone], sizes: Sizes) -> Result<(), PictureError> {
    for &tone in tones {
        let mut spacings: Vec<f64> =
            panel.labels.iter().filter(|label| label.tone == tone).map(|label| label.spacing).collect();
        spacings.sort_by(f64::total_cmp);
        spacings.dedup();
        for spacing in spacings {
            let (halo, width) = match tone {
                Tone::Strong | Tone::Plain | Tone::Soft => (palette::HALO, sizes.px(2.0)),
                Tone::CorridorCountry => (palette::CORRIDOR, sizes.px(1.6)),
                Tone::Country => (palette::LAND, sizes.px(1.6)),
            };
            let group = if spacing > 0.0 { Group::halo(halo, width).spaced(spacing) } else { Group::halo(halo, width) };
            canvas.group(&group, |brush| {
                let of_group = panel.labels.iter().filter(|label| label.tone == tone && label.spacing == spacing);
                of_group.for_each(|label| name(brush, label));
            })?;
        }
    }
    Ok(())
}

fn name(brush: &mut Brush, label: &Label) {
    let color = match label.tone {
        Tone::Strong | Tone::Plain => palette::TEXT,
        Tone::Soft => palette::TEXT_SOFT,
        Tone::CorridorCountry => palette::CORRIDOR_NAME,
        Tone::Country => palette::COUNTRY_NAME,
    };
    debug_assert!(label.rect.bottom >= label.baseline() + DESCENT * label.size - 1e-6, "the box holds the letters");
    brush.text(Line {
        text: &label.text,
        x: label.rect.left,
        baseline: label.baseline(),
        size: label.size,
        weight: label.tone.weight(),
        anchor: Anchor::Start,
        color,
    });
}
