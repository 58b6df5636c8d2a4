//! One change of a scenario, and what it does to a network's parts.

use std::collections::{BTreeSet, HashMap};

use crate::formats::{
    FileError, Located, NODE_COLUMNS, Problem, SEGMENT_COLUMNS, TomlTable, TomlValue, resolve_row, segment_cell,
    segment_row,
};
use crate::geodesy::{Atlas, LonLat};
use crate::network::{CountryCode, NetworkParts, Node, NodeId, Segment, Status};

/// A change.
#[derive(Debug, Clone)]
pub struct Change {
    /// Why it is made.
    pub why: String,
    /// What is done.
    pub op: Op,
    /// Where it stands.
    pub place: Located,
}

/// A cell of a row to add or set.
#[derive(Debug, Clone)]
pub struct Field {
    /// The column.
    pub column: String,
    /// The text, as a CSV cell would hold it.
    pub text: String,
    /// Where it stands.
    pub place: Located,
}

/// What a change does.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Op {
    /// Adds a place.
    AddNode(Vec<Field>),
    /// Adds a segment.
    AddSegment(Vec<Field>),
    /// Sets cells of what is selected.
    Set(Selector, Vec<Field>),
    /// Takes it out of the world.
    Remove(Selector),
    /// Takes it out of use.
    Close(Selector),
}

/// What a selector goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SelectorKind {
    /// Segments by id.
    Segment,
    /// Nodes by id, and the segments that end there.
    Node,
    /// Segments of a system.
    System,
    /// Segments of a shared-risk group.
    Srlg,
    /// Everything in a country.
    Country,
    /// Segments that pass the border of two countries, `AF-PK`.
    Border,
}

impl SelectorKind {
    const ALL: [(&'static str, Self); 6] = [
        ("segment", Self::Segment),
        ("node", Self::Node),
        ("system", Self::System),
        ("srlg", Self::Srlg),
        ("country", Self::Country),
        ("border", Self::Border),
    ];
}

/// What a change applies to.
#[derive(Debug, Clone)]
pub struct Selector {
    /// What it goes by.
    pub kind: SelectorKind,
    /// The values, each with where it stands.
    pub values: Vec<(String, TomlValue)>,
}

const OPS: [&str; 5] = ["add_node", "add_segment", "set", "remove", "close"];

pub(super) fn parse_change(table: &TomlTable) -> Result<Change, FileError> {
    let why = table.need("why")?.text()?.to_owned();
    let op = table.need("op")?;
    let op = match op.text()? {
        "add_node" => Op::AddNode(fields(table, NODE_COLUMNS)?),
        "add_segment" => Op::AddSegment(fields(table, SEGMENT_COLUMNS)?),
        "set" => {
            let selector = selector(table)?;
            let columns = if selector.kind == SelectorKind::Node { NODE_COLUMNS } else { SEGMENT_COLUMNS };
            Op::Set(selector, fields(table.need("fields")?.table()?, columns)?)
        }
        "remove" => Op::Remove(selector(table)?),
        "close" => Op::Close(selector(table)?),
        other => return Err(op.expected(&format!("one of {}", OPS.join(", "))).suggest(other, OPS)),
    };
    table.no_more()?;
    Ok(Change { why, op, place: table.place().clone() })
}

fn fields(table: &TomlTable, columns: &[&str]) -> Result<Vec<Field>, FileError> {
    let mut fields = Vec::new();
    for column in columns {
        if let Some(value) = table.get(column) {
            fields.push(Field { column: (*column).to_owned(), text: value.cell()?, place: value.place().clone() });
        }
    }
    table.no_more()?;
    Ok(fields)
}

fn selector(table: &TomlTable) -> Result<Selector, FileError> {
    let mut found = Vec::new();
    for (key, kind) in SelectorKind::ALL {
        if let Some(value) = table.get(key) {
            let values: Vec<(String, TomlValue)> =
                value.texts()?.into_iter().map(|(text, item)| (text.to_owned(), item.clone())).collect();
            if values.is_empty() {
                return Err(value.error(Problem::Other("expected at least one item, found an empty list".to_owned())));
            }
            found.push(Selector { kind, values });
        }
    }
    let names = SelectorKind::ALL.map(|(key, _)| key).join(", ");
    match (found.pop(), found.is_empty()) {
        (Some(selector), true) => Ok(selector),
        (None, _) => {
            table.no_more()?;
            Err(FileError::at(table.place(), None, Problem::Missing { what: "selector, one of", name: names }))
        }
        (Some(_), false) => {
            Err(FileError::at(table.place(), None, Problem::Other(format!("more than one selector of {names}"))))
        }
    }
}

impl Change {
    /// Applies the change and returns the ids of what it touched.
    ///
    /// # Errors
    /// If a selector matches nothing, a row is wrong, or an id is taken.
    pub fn apply(&self, parts: &mut NetworkParts, atlas: &Atlas) -> Result<Vec<String>, FileError> {
        match &self.op {
            Op::AddNode(fields) => self.add_node(parts, fields),
            Op::AddSegment(fields) => self.add_segment(parts, fields, atlas),
            Op::Set(selector, fields) if selector.kind == SelectorKind::Node => {
                self.set_nodes(parts, selector, fields, atlas)
            }
            Op::Set(selector, fields) => self.set_segments(parts, selector, fields, atlas),
            Op::Remove(selector) => {
                let segments = select(parts, selector)?;
                let nodes = selected_nodes(parts, selector);
                parts.segments.retain(|segment| !segments.contains(segment.id().as_str()));
                parts.nodes.retain(|node| !nodes.contains(node.id.as_str()));
                parts.gateways.values_mut().for_each(|ids| ids.retain(|id| !nodes.contains(id.as_str())));
                parts.gateways.retain(|_, ids| !ids.is_empty());
                Ok(nodes.into_iter().chain(segments).collect())
            }
            Op::Close(selector) => {
                let segments = select(parts, selector)?;
                for segment in parts.segments.iter_mut().filter(|s| segments.contains(s.id().as_str())) {
                    segment.row.status = Status::OutOfService;
                }
                Ok(segments.into_iter().collect())
            }
        }
    }

    fn add_node(&self, parts: &mut NetworkParts, fields: &[Field]) -> Result<Vec<String>, FileError> {
        let node = node_from(&self.place, fields)?;
        if parts.nodes.iter().any(|other| other.id == node.id) {
            return Err(on_its_line(self.taken("id", node.id.as_str()), fields));
        }
        let id = node.id.to_string();
        parts.nodes.push(node);
        Ok(vec![id])
    }

    fn add_segment(&self, parts: &mut NetworkParts, fields: &[Field], atlas: &Atlas) -> Result<Vec<String>, FileError> {
        let cell = |column: &str| text_of(fields, column);
        let row = segment_row(&self.place, &cell).map_err(|error| on_its_line(error, fields))?;
        if parts.segments.iter().any(|other| *other.id() == row.id) {
            return Err(on_its_line(self.taken("id", row.id.as_str()), fields));
        }
        let segment =
            resolve_row(&self.place, row, &by_id(&parts.nodes), atlas).map_err(|error| on_its_line(error, fields))?;
        let id = segment.id().to_string();
        parts.segments.push(segment);
        Ok(vec![id])
    }

    fn taken(&self, field: &str, id: &str) -> FileError {
        FileError::at(&self.place, Some(field), Problem::Other(format!("the network has a row {id:?} already")))
            .hint("use op = \"set\" to change it")
    }

    fn set_segments(
        &self,
        parts: &mut NetworkParts,
        selector: &Selector,
        fields: &[Field],
        atlas: &Atlas,
    ) -> Result<Vec<String>, FileError> {
        let chosen = select(parts, selector)?;
        let nodes = by_id(&parts.nodes);
        for segment in parts.segments.iter_mut().filter(|segment| chosen.contains(segment.id().as_str())) {
            let old: HashMap<&str, String> =
                SEGMENT_COLUMNS.iter().map(|&column| (column, segment_cell(&segment.row, column))).collect();
            let cell = |column: &str| {
                let text = fields.iter().find(|field| field.column == column).map(|field| &field.text);
                text.or(old.get(column)).map(String::as_str).filter(|text| !text.is_empty())
            };
            let place = fields.first().map_or(&self.place, |field| &field.place);
            let row = segment_row(place, &cell).map_err(|error| on_its_line(error, fields))?;
            if row.id != *segment.id() {
                return Err(FileError::at(place, Some("id"), Problem::Other("an id cannot be changed".to_owned())));
            }
            let same_line = ["from", "to", "medium", "route", "length_km", "length_kind", "terrain"];
            if fields.iter().any(|field| same_line.contains(&field.column.as_str())) {
                *segment = resolve_row(place, row, &nodes, atlas).map_err(|error| on_its_line(error, fields))?;
            } else {
                *segment = Segment { row, ..segment.clone() };
            }
        }
        Ok(chosen.into_iter().collect())
    }

    fn set_nodes(
        &self,
        parts: &mut NetworkParts,
        selector: &Selector,
        fields: &[Field],
        atlas: &Atlas,
    ) -> Result<Vec<String>, FileError> {
        select(parts, selector)?;
        let chosen = selected_nodes(parts, selector);
        for i in 0..parts.nodes.len() {
            if !chosen.contains(parts.nodes[i].id.as_str()) {
                continue;
            }
            let mut all = node_fields(&parts.nodes[i], &self.place);
            for field in fields {
                all.retain(|old| old.column != field.column);
                all.push(field.clone());
            }
            let node = node_from(fields.first().map_or(&self.place, |field| &field.place), &all)?;
            if node.id != parts.nodes[i].id {
                return Err(FileError::at(
                    &self.place,
                    Some("id"),
                    Problem::Other("an id cannot be changed".to_owned()),
                ));
            }
            parts.nodes[i] = node;
        }
        // A place that moved, or changed country, changes the segments that end there.
        let nodes = by_id(&parts.nodes);
        for segment in &mut parts.segments {
            if chosen.contains(segment.row.from.as_str()) || chosen.contains(segment.row.to.as_str()) {
                *segment = resolve_row(&self.place, segment.row.clone(), &nodes, atlas)?;
            }
        }
        // A place that changed country is no gateway of its old one any more.
        for (country, ids) in &mut parts.gateways {
            ids.retain(|id| nodes.get(id.as_str()).is_none_or(|node| node.country == *country));
        }
        parts.gateways.retain(|_, ids| !ids.is_empty());
        Ok(chosen.into_iter().collect())
    }
}

/// An error of a row with the line of the field that it names, where the row is spread over lines.
fn on_its_line(error: FileError, fields: &[Field]) -> FileError {
    match fields.iter().find(|field| error.field.as_ref() == Some(&field.column)) {
        Some(field) => FileError { line: field.place.line, ..error },
        None => error,
    }
}

fn by_id(nodes: &[Node]) -> HashMap<&str, &Node> {
    nodes.iter().map(|node| (node.id.as_str(), node)).collect()
}

fn text_of<'a>(fields: &'a [Field], column: &str) -> Option<&'a str> {
    fields.iter().find(|field| field.column == column).map(|field| field.text.as_str()).filter(|text| !text.is_empty())
}

fn node_fields(node: &Node, place: &Located) -> Vec<Field> {
    let cells = [
        ("id", node.id.to_string()),
        ("name", node.name.clone()),
        ("kind", node.kind.to_string()),
        ("country", node.country.to_string()),
        ("lon", node.point.lon().to_string()),
        ("lat", node.point.lat().to_string()),
        ("population", node.population.map_or_else(String::new, |n| n.to_string())),
        ("sources", node.sources.join(";")),
    ];
    let field = |(column, text): (&str, String)| Field { column: column.to_owned(), text, place: place.clone() };
    cells.into_iter().map(field).collect()
}

fn node_from(place: &Located, fields: &[Field]) -> Result<Node, FileError> {
    let spot = |column: &str| fields.iter().find(|f| f.column == column).map_or(place, |f| &f.place);
    let need = |column: &str| {
        text_of(fields, column).ok_or_else(|| {
            FileError::at(place, Some(column), Problem::Missing { what: "value", name: column.to_owned() })
        })
    };
    let wrong = |column: &str, text: String| FileError::at(spot(column), Some(column), Problem::Other(text));
    let number = |column: &str| {
        let text = need(column)?;
        text.parse::<f64>().ok().ok_or_else(|| wrong(column, format!("expected a number, found {text:?}")))
    };
    let point = LonLat::new(number("lon")?, number("lat")?).map_err(|error| wrong("lon", error.to_string()))?;
    let population = text_of(fields, "population").map(|text| {
        let number = text.parse::<u64>().ok();
        number.ok_or_else(|| wrong("population", format!("expected a whole number, found {text:?}")))
    });
    let country = need("country")?.parse::<CountryCode>().map_err(|error| wrong("country", error.to_string()))?;
    Ok(Node {
        id: NodeId::new(need("id")?),
        name: need("name")?.to_owned(),
        kind: need("kind")?.parse().map_err(|error: crate::network::UnknownWord| wrong("kind", error.to_string()))?,
        country,
        point,
        population: population.transpose()?,
        sources: text_of(fields, "sources")
            .map_or_else(Vec::new, |t| t.split(';').map(|s| s.trim().to_owned()).collect()),
    })
}

/// The ids of the segments a selector means; each of its values must match something.
fn select(parts: &NetworkParts, selector: &Selector) -> Result<BTreeSet<String>, FileError> {
    let country_of: HashMap<&str, CountryCode> = parts.nodes.iter().map(|n| (n.id.as_str(), n.country)).collect();
    let mut chosen = BTreeSet::new();
    for (text, value) in &selector.values {
        let matches = matcher(selector.kind, text, value, &country_of)?;
        let before = chosen.len();
        chosen.extend(parts.segments.iter().filter(|segment| matches(segment)).map(|s| s.id().to_string()));
        let node_there = selector.kind == SelectorKind::Node && country_of.contains_key(text.as_str());
        let matched = chosen.len() > before || parts.segments.iter().any(&matches) || node_there;
        if !matched {
            let known = known_names(parts, selector.kind);
            let problem = Problem::Other(format!("nothing in the network matches {text:?}"));
            return Err(value.error(problem).suggest(text, known.iter().map(String::as_str).take(2000)));
        }
    }
    Ok(chosen)
}

type Matcher<'a> = Box<dyn Fn(&Segment) -> bool + 'a>;

fn matcher<'a>(
    kind: SelectorKind,
    text: &'a str,
    value: &TomlValue,
    country_of: &'a HashMap<&str, CountryCode>,
) -> Result<Matcher<'a>, FileError> {
    let code =
        |text: &str| text.trim().parse::<CountryCode>().map_err(|error| value.error(Problem::Other(error.to_string())));
    Ok(match kind {
        SelectorKind::Segment => Box::new(move |segment| segment.id().as_str() == text),
        SelectorKind::Node => {
            Box::new(move |segment| segment.row.from.as_str() == text || segment.row.to.as_str() == text)
        }
        SelectorKind::System => Box::new(move |segment| segment.row.system.as_deref() == Some(text)),
        SelectorKind::Srlg => Box::new(move |segment| segment.row.srlg.iter().any(|group| group == text)),
        SelectorKind::Country => {
            let code = code(text)?;
            Box::new(move |segment| {
                let ends = [&segment.row.from, &segment.row.to];
                segment.pieces.iter().any(|piece| piece.country == code)
                    || ends.iter().any(|end| country_of.get(end.as_str()) == Some(&code))
            })
        }
        SelectorKind::Border => {
            let Some((a, b)) = text.split_once('-') else {
                return Err(value.expected("two country codes joined by a hyphen, as in AF-PK"));
            };
            let (a, b) = (code(a)?, code(b)?);
            Box::new(move |segment| {
                let over_land = segment.pieces.windows(2).any(|pair| {
                    (pair[0].country, pair[1].country) == (a, b) || (pair[0].country, pair[1].country) == (b, a)
                });
                let from = country_of.get(segment.row.from.as_str());
                let to = country_of.get(segment.row.to.as_str());
                let by_sea = segment.row.medium.is_submarine()
                    && ((from, to) == (Some(&a), Some(&b)) || (from, to) == (Some(&b), Some(&a)));
                over_land || by_sea
            })
        }
    })
}

fn selected_nodes(parts: &NetworkParts, selector: &Selector) -> BTreeSet<String> {
    let chosen = |node: &&Node| match selector.kind {
        SelectorKind::Node => selector.values.iter().any(|(text, _)| node.id.as_str() == text),
        SelectorKind::Country => selector.values.iter().any(|(text, _)| text.parse() == Ok(node.country)),
        SelectorKind::Segment | SelectorKind::System | SelectorKind::Srlg | SelectorKind::Border => false,
    };
    parts.nodes.iter().filter(chosen).map(|node| node.id.to_string()).collect()
}

fn known_names(parts: &NetworkParts, kind: SelectorKind) -> BTreeSet<String> {
    let segments = parts.segments.iter();
    match kind {
        SelectorKind::Segment => segments.map(|segment| segment.id().to_string()).collect(),
        SelectorKind::Node => parts.nodes.iter().map(|node| node.id.to_string()).collect(),
        SelectorKind::System => segments.filter_map(|segment| segment.row.system.clone()).collect(),
        SelectorKind::Srlg => segments.flat_map(|segment| segment.row.srlg.clone()).collect(),
        SelectorKind::Country => parts.nodes.iter().map(|node| node.country.to_string()).collect(),
        SelectorKind::Border => segments
            .flat_map(|segment| segment.pieces.windows(2))
            .map(|pair| format!("{}-{}", pair[0].country.min(pair[1].country), pair[0].country.max(pair[1].country)))
            .collect(),
    }
}
