//! Where a route's figures come from: each number with its formula, its inputs and their source.
//!
//! Everything is one list of [`Figure`]s, hop by hop and then the totals, followed by the entries of the price book that
//! were used; the formats only lay it out. The parts are taken from the same tariff that made the route.

use std::collections::BTreeSet;

use serde::Serialize;

use super::answer::{ExplainAnswer, ExplainedHop, FigureJson, PriceJson, Query, RouteJson};
use super::context::Context;
use super::document::{Document, Table};
use super::features::{FeatureCollection, feature_collection, fields};
use super::figure::{Figure, dollars, figure_cells, glass_figure, leaf_figure, say_figure};
use super::ledger::way;
use super::records::Records;
use super::rendering::Report;
use crate::geodesy::length_km;
use crate::metrics::availability::{HOURS_PER_YEAR, availability, risk};
use crate::metrics::cost::significant;
use crate::metrics::latency::{GROUP_INDEX, SPEED_OF_LIGHT_KM_PER_S, amplifiers};
use crate::metrics::{Arrival, Hop, Journey, Route, Tariff, Term};
use crate::network::{INTERNATIONAL_WATERS, LengthKind, Segment, stretch_band};
use crate::prices::{PriceBook, PriceFamily, PriceKey};
use crate::units::Usd;

struct Explanation<'a> {
    context: &'a Context<'a>,
    route: &'a Route,
    book: &'a PriceBook,
    tariff: Tariff<'a>,
}

/// Every figure of a route with its formula, inputs and sources.
///
/// As CSV, one row for each figure; as GeoJSON, the route's line with the figures among its properties.
#[derive(Debug, Clone, Copy)]
pub struct ExplainReport<'a> {
    /// What the answer rests on.
    pub context: &'a Context<'a>,
    /// The route.
    pub route: &'a Route,
    /// The price book that it was computed with.
    pub book: &'a PriceBook,
}

impl<'a> ExplainReport<'a> {
    fn explained(&self) -> Explanation<'a> {
        let Self { context, route, book } = *self;
        let ends = [route.countries.first(), route.countries.last()];
        let [first, last] = ends.map(|country| country.copied().unwrap_or(INTERNATIONAL_WATERS));
        let tariff = Tariff::new(book, context.demand, (first, last)).in_year(context.year);
        Explanation { context, route, book, tariff }
    }
}

impl Report for ExplainReport<'_> {
    type Answer = ExplainAnswer;

    fn answer(&self) -> ExplainAnswer {
        self.explained().answer()
    }

    fn document(&self) -> Document {
        self.explained().document()
    }

    fn records(&self) -> Records {
        self.explained().records()
    }

    fn features(&self) -> FeatureCollection {
        let told = self.explained();
        let (explained, totals) = (told.hops_json(), FigureJson::all(&told.totals()));
        let route = RouteJson::whole(self.context, self.route, 1);
        let properties = fields(&ExplainedProperties { route, explained, totals });
        feature_collection(self.context, vec![(properties, self.route)])
    }
}

/// Properties of an explained route.
#[derive(Serialize)]
struct ExplainedProperties {
    #[serde(flatten)]
    route: RouteJson,
    explained: Vec<ExplainedHop>,
    totals: Vec<FigureJson>,
}

impl Explanation<'_> {
    /// Each hop with its figures.
    fn hops(&self) -> Vec<(&Hop, Vec<Figure>)> {
        let mut arrival = Arrival::Start;
        let mut told = Vec::new();
        for (i, hop) in self.route.hops.iter().enumerate() {
            let network = self.context.network;
            let (Some(segment), Some(at)) = (network.find_segment(&hop.segment), network.find_node(&hop.from)) else {
                continue;
            };
            let mut figures = vec![self.length(segment), glass_figure(hop)];
            let n_huts = amplifiers(segment.length);
            if n_huts > 0 {
                let delays = self.tariff.segment_delays(segment);
                let total = delays.into_iter().map(|(_, _, device)| device).sum();
                let name = "amplifiers".to_owned();
                figures.push(Figure::delay(name, total, Some(n_huts), self.book.get(PriceFamily::Delay, "amplifier")));
            }
            if Journey::meets_device(arrival, segment.row.medium.is_submarine()) {
                let price = self.book.device(PriceFamily::DelayDevice, at.kind);
                let name = format!("device at {}", at.short_name());
                figures.push(Figure::delay(name, self.tariff.device_delay(at), None, price));
            }
            let ends = [(i == 0, &hop.from), (i + 1 == self.route.hops.len(), &hop.to)];
            for (_, end) in ends.into_iter().filter(|(is_end, _)| *is_end) {
                let name = format!("terminal at {}", self.context.place_name(end));
                let price = self.book.get(PriceFamily::Delay, "terminal");
                figures.push(Figure::delay(name, self.tariff.terminal_delay(), None, price));
            }
            let sum = format!("the {} delays above", figures.len() - 1);
            figures.push(Figure::new("latency", hop.latency.ms(), "ms", sum));
            figures.extend(hop.leaves.iter().map(leaf_figure));
            figures.push(Figure::new(
                "cost",
                hop.cost().dollars(),
                "USD",
                format!("the {} sums above", hop.leaves.len()),
            ));
            figures.extend(self.availabilities(segment));
            arrival = Journey::go(arrival, at, segment, hop.forward, |_| {});
            told.push((hop, figures));
        }
        told
    }

    fn length(&self, segment: &Segment) -> Figure {
        let stated = segment.row.length_km.filter(|_| segment.rejected_km.is_none());
        let formula = match (stated, segment.length_kind) {
            (Some(_), LengthKind::Published) => "published".to_owned(),
            (Some(_), LengthKind::Surveyed) => "surveyed".to_owned(),
            (Some(km), LengthKind::Estimated) => {
                let (estimate, formula) = self.estimate(segment);
                // A file may state what was estimated in the same way, rounded to the tenth.
                if (estimate - km).abs() < 0.06 {
                    formula
                } else {
                    "an estimate stated by the network's file".to_owned()
                }
            }
            (None, _) => self.estimate(segment).1,
        };
        Figure {
            sources: self.cited(segment),
            assumed: segment.is_assumed(),
            ..Figure::new("length", segment.length.km(), "km", formula)
        }
    }

    /// The length that a segment's class and line give, km, and the formula.
    fn estimate(&self, segment: &Segment) -> (f64, String) {
        let band = stretch_band(segment.row.medium, segment.row.terrain);
        let (what, factor) =
            if segment.row.way.is_empty() { ("geodesic", band.on_geodesic) } else { ("drawn way", band.on_way) };
        let km = length_km(&self.context.network.line(segment)).max(segment.geodesic_km);
        let why = segment.rejected_km.map_or_else(String::new, |stated| {
            format!("; the stated {} km is below the geodesic", significant(stated))
        });
        (km * factor, format!("estimated: {km:.3} km ({what}) x {factor} ({}){why}", band.class))
    }

    /// The titles of what a segment is cited to.
    fn cited(&self, segment: &Segment) -> Vec<String> {
        let title = |id: &String| {
            let source = self.context.network.sources().iter().find(|source| source.id == *id);
            source.map_or_else(|| id.clone(), |source| source.title.clone())
        };
        segment.row.sources.iter().map(title).collect()
    }

    fn availabilities(&self, segment: &Segment) -> Vec<Figure> {
        let medium = segment.row.medium;
        let (failure, repair) = (PriceFamily::Failure(medium), PriceFamily::Repair(medium));
        let figure = |piece: &crate::network::Piece| {
            let (failure, failures) = self.book.for_country(failure, piece.country);
            let (repair, hours) = self.book.for_country(repair, piece.country);
            let up = availability(risk(piece.length, failures.base, hours.base));
            let formula = format!(
                "1 / (1 + {} {} [{failure}] x {} km / 1000 x {} {} [{repair}] / {HOURS_PER_YEAR} h)",
                significant(failures.base),
                failures.unit,
                piece.length.km(),
                significant(hours.base),
                hours.unit,
            );
            Figure {
                prices: vec![failure, repair],
                assumed: failures.is_assumed() || hours.is_assumed(),
                shown: format!("{up:.6}"),
                ..Figure::new(format!("availability {}", piece.country), up, "1", formula)
            }
        };
        segment.pieces.iter().map(figure).collect()
    }

    fn totals(&self) -> Vec<Figure> {
        let (route, n) = (self.route, self.route.hops.len());
        let mut figures = vec![
            Figure::new("length", route.length.km(), "km", format!("the {n} lengths above")),
            Figure::new("glass", route.glass.ms(), "ms", format!("the {n} glass delays above")),
            Figure::new("devices", route.devices.ms(), "ms", "amplifiers, devices and terminals above".to_owned()),
            Figure::new("latency", route.latency().ms(), "ms", "glass + devices".to_owned()),
            Figure::new("round trip", route.rtt_ms(), "ms", "2 x latency".to_owned()),
        ];
        figures.extend(self.stretch());
        let up = "the product of the availabilities above".to_owned();
        let shown = format!("{:.6}", route.availability);
        figures.push(Figure { shown, ..Figure::new("availability", route.availability, "1", up) });
        for term in Term::ALL.into_iter().filter(|&term| route.bill.term(term) != Usd::ZERO) {
            let formula = format!("the {term} sums above");
            figures.push(Figure::new(term.heading(), route.bill.term(term).dollars(), "USD", formula));
        }
        let total = Figure::new("total", route.bill.total().dollars(), "USD", "the terms above".to_owned());
        figures.push(Figure { range: Some((route.bill.low.dollars(), route.bill.high.dollars())), ..total });
        figures.extend(self.yearly());
        figures
    }

    fn stretch(&self) -> Option<Figure> {
        let route = self.route;
        let formula = format!(
            "{:.6} ms / ({:.3} km geodesic x {GROUP_INDEX} / {SPEED_OF_LIGHT_KM_PER_S} km/s)",
            route.latency().ms(),
            route.geodesic_km
        );
        route.stretch().map(|stretch| Figure::new("stretch", stretch, "1", formula))
    }

    fn yearly(&self) -> [Figure; 3] {
        let (entry, rate) = self.book.get(PriceFamily::Finance, "discount_rate");
        let years = self.context.demand.term_years;
        let factor = self.tariff.capital_recovery_factor();
        let formula = if rate.base == 0.0 {
            format!("{years} years, no discounting [{entry}]")
        } else {
            let r = significant(rate.base);
            format!("(1 - (1 + {r})^-{years}) / {r} [{entry}]")
        };
        let worth = Figure {
            prices: vec![entry],
            assumed: rate.is_assumed(),
            ..Figure::new("present value of 1 USD a year", 1.0 / factor, "yr", formula)
        };
        let total = dollars(self.route.bill.total().dollars());
        let formula = format!("{total} USD / {} yr", significant(1.0 / factor));
        let annuity = Figure {
            shown: dollars(self.route.annuity_usd),
            ..Figure::new("annuity", self.route.annuity_usd, "USD/yr", formula)
        };
        let gbps = significant(self.context.demand.gbps.get());
        let formula = format!("{} USD/yr / (12 x 1000 x {gbps} Gbps)", dollars(self.route.annuity_usd));
        let value = self.route.usd_per_mbps_month;
        [worth, annuity, Figure::new("price of capacity", value, "USD/Mbps/month", formula)]
    }

    /// The names of the price-book entries used, in order.
    fn prices_used(&self) -> BTreeSet<PriceKey> {
        let hops = self.hops();
        let figures = hops.iter().flat_map(|(_, figures)| figures);
        figures.chain(&self.totals()).flat_map(|figure| figure.prices.iter().copied()).collect()
    }

    fn document(&self) -> Document {
        let mut document = Document::default();
        document.title(way(self.context, self.route), self.context.in_words());
        for (i, (hop, figures)) in self.hops().into_iter().enumerate() {
            let (from, to) = (self.context.place_name(&hop.from), self.context.place_name(&hop.to));
            document.heading(format!("{}  {}: {from} - {to}", i + 1, hop.segment));
            for figure in &figures {
                say_figure(&mut document, figure);
            }
        }
        document.heading("The route");
        for figure in &self.totals() {
            say_figure(&mut document, figure);
        }
        document.heading("Prices and rates used, from the price book ".to_owned() + &self.book.id);
        let mut table = Table::new(&["<entry", "low", "base", "high", "<unit", "year", "<"]);
        let mut sources: Vec<(String, String)> = Vec::new();
        for key in self.prices_used() {
            let Some(price) = self.book.find(key) else { continue };
            let [low, base, high] = [price.low, price.base, price.high].map(significant);
            let note = if price.is_assumed() { "assumed" } else { "cited" }.to_owned();
            table.row(vec![key.to_string(), low, base, high, price.unit.clone(), price.year.to_string(), note]);
            sources.push((key.to_string(), price.source.clone()));
        }
        document.table(table);
        document.heading("Their sources");
        for (name, source) in sources {
            document.say(&name, vec![source]);
        }
        document
    }

    fn hops_json(&self) -> Vec<ExplainedHop> {
        let one = |(hop, figures): (&Hop, Vec<Figure>)| ExplainedHop {
            segment: hop.segment.to_string(),
            from: hop.from.to_string(),
            to: hop.to.to_string(),
            figures: FigureJson::all(&figures),
        };
        self.hops().into_iter().map(one).collect()
    }

    fn answer(&self) -> ExplainAnswer {
        let price = |key: PriceKey| {
            let price = self.book.find(key)?;
            Some(PriceJson {
                entry: key.to_string(),
                low: price.low,
                base: price.base,
                high: price.high,
                unit: price.unit.clone(),
                year: price.year,
                source: price.source.clone(),
                assumed: price.is_assumed(),
            })
        };
        ExplainAnswer {
            query: Query::of(self.context),
            routes: vec![RouteJson::whole(self.context, self.route, 1)],
            hops: self.hops_json(),
            totals: FigureJson::all(&self.totals()),
            price_book: self.book.id.clone(),
            prices: self.prices_used().into_iter().filter_map(price).collect(),
        }
    }

    fn records(&self) -> Records {
        let mut records =
            Records::new(["part", "figure", "value", "unit", "low", "high", "formula", "prices", "sources", "assumed"]);
        for (hop, figures) in self.hops() {
            figures.iter().for_each(|figure| records.row(figure_cells(hop.segment.as_str(), figure)));
        }
        self.totals().iter().for_each(|figure| records.row(figure_cells("route", figure)));
        records
    }
}
