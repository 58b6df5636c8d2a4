//! `fiberplan cashflow`: what a route pays and earns in each year, and whether it is worth it.

use super::Failure;
use super::args::{Common, Shape};
use super::case::{context, find_end, load_case};
use super::outcome::Outcome;
use super::output::{Targets, stderr};
use super::shape::request;
use super::threads::workers;
use crate::analysis::{
    CashFlow, CashFlowError, CashFlowModel, CashFlowTerms, Origin, Outlays, PriceSampling, Repairs, Request, Sales,
    Setting, years_of_waiting,
};
use crate::metrics::cost::significant;
use crate::metrics::{Route, discount_rate};
use crate::network::CountryCode;
use crate::prices::{PriceBook, PriceFamily, PriceKey};
use crate::report::answer::CashFlowAnswer;
use crate::report::charts::cash_flow_chart;
use crate::report::scenes::empty_sheet;
use crate::report::{CashFlowCase, CashFlowReport, Computed, PriceRange, Report, RouteReport};
use crate::request::End;
use crate::scenario::Scenario;
use crate::world::World;

/// `fiberplan cashflow`
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  fiberplan cashflow TM PK\n  \
    fiberplan cashflow Mary Quetta -s tap-trilateral --status in_service,planned --build-years 2 --price 4\n  \
    fiberplan cashflow TM DE --price 9 --price-decline 15% --growth 40% --inflation 3% --currency EUR -o out/years.csv\n  \
    fiberplan cashflow TM PK --corridor TM,AF,PK --samples 10000 -o out/years.svg")]
pub struct CashFlowArgs {
    /// Where from: a place or a country
    pub from: String,
    /// Where to: a place or a country
    pub to: String,
    /// Price of a Mbit/s for a month in the first year of service, in the price book's money [default: sale.COUNTRY of the
    /// price book, of the country where the route begins]
    #[arg(long, value_name = "USD_PER_MBPS_MONTH", allow_negative_numbers = true)]
    pub price: Option<f64>,
    /// By how much the price is less each year than in the year before, as in 10% [default: market.price_decline]
    #[arg(long, value_name = "PERCENT", allow_hyphen_values = true)]
    pub price_decline: Option<String>,
    /// Share of the capacity that is sold in the first year of service, as in 30% [default: market.start_share]
    #[arg(long, value_name = "PERCENT", allow_hyphen_values = true)]
    pub start_share: Option<String>,
    /// By how much more is sold each year than in the year before, until all is, as in 30% [default: market.growth]
    #[arg(long, value_name = "PERCENT", allow_hyphen_values = true)]
    pub growth: Option<String>,
    /// Show the figures in the money of the day too, under this inflation a year, as in 3%
    #[arg(long, value_name = "PERCENT", allow_hyphen_values = true)]
    pub inflation: Option<String>,
    /// Years of building before service begins, over which the build cost is spread
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub build_years: u32,
    /// The year with which service begins [default: after the permits to build, the longest of all countries built in, and
    /// --build-years]
    #[arg(long, value_name = "YEAR", allow_negative_numbers = true)]
    pub service_year: Option<i32>,
    /// Show the sums in this money, at the price book's rate of exchange, as in EUR
    #[arg(long, value_name = "CODE")]
    pub currency: Option<String>,
    /// Follow exactly these countries, in order; AF|IR is either of the two, ? any one country, * any number of them
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub corridor: Vec<String>,
    /// Draw every price from its range so many times (100 to 200000), and say how sure it is what the route is worth
    #[arg(long, value_name = "N")]
    pub samples: Option<u32>,
    /// Which draws: the same seed gives the same answer [default: 1]
    #[arg(long, value_name = "N", requires = "samples")]
    pub seed: Option<u64>,
    /// Threads to draw on [default: one for each core]
    #[arg(long, value_name = "N", requires = "samples")]
    pub threads: Option<usize>,
    #[command(flatten)]
    pub shape: Shape,
}

pub(super) fn run(world: &World, common: &Common, args: &CashFlowArgs) -> Result<Outcome, Failure> {
    let targets = Targets::of::<CashFlowAnswer>(world, common)?;
    let scenario = load_case(world, common, None)?;
    let ends = (find_end(&scenario, "FROM", &args.from)?, find_end(&scenario, "TO", &args.to)?);
    let sampling = args.samples.map(|samples| sampling(samples, args.seed)).transpose()?;
    let workers = workers(args.threads)?;
    let (mut computed, settings) = computed(&scenario, args, &ends.0)?;
    let request = request(&scenario, ends, 1, &args.corridor, &args.shape)?;
    let plan = scenario.plan();
    let request = Request { objective: plan.settled(&request), ..request };
    let answer = plan.answer(&request);
    if answer.is_stopped && !common.quiet {
        stderr("warning: the search was stopped for too much work: better routes may exist");
    }
    let mut context = context(&scenario, &request);
    context.is_stopped = answer.is_stopped;
    let Some(route) = answer.routes.first() else {
        let obstacle = (!answer.is_stopped).then(|| plan.why_not(&request));
        let report = RouteReport { obstacle: obstacle.as_ref(), ..RouteReport::of(&context, &[]) };
        let text = |format| report.render(format);
        targets.deliver(&text, &|| empty_sheet(common.size))?;
        return Ok(Outcome::NoRoute);
    };
    computed.repairs = Repairs::of(&plan, route);
    if let Some(repairs) = &computed.repairs {
        computed.origins.extend(repairs.origins.iter().cloned());
    }
    computed.terms.wait_years = wait_years(args, scenario.policy.year, route, &mut computed.origins, plan.book())?;
    if args.price.is_none() {
        // The price book's price is of its year, and falls until service begins.
        let first = i64::from(scenario.policy.year) + i64::from(computed.terms.service_start());
        computed.terms.sales.aged_years = u32::try_from(first - i64::from(plan.book().year)).unwrap_or(0);
    }
    let repair = computed.repairs.as_ref().map_or_else(Default::default, |repairs| repairs.present);
    let outlays = Outlays::of(&route.bill, repair);
    let flow = CashFlow::new(&outlays, scenario.demand, &computed.terms).map_err(|error| wrong(error, &settings))?;
    let draw = |sampling| {
        CashFlowModel::new(&plan, route, &computed.terms, &settings)
            .spread(sampling, &workers)
            .map_err(|error| wrong(error, &settings))
    };
    let spread = sampling.map(draw).transpose()?;
    let case = CashFlowCase { route, flow: &flow, computed: &computed, spread: spread.as_ref() };
    let report = CashFlowReport { context: &context, case };
    targets.deliver(&|format| report.render(format), &|| cash_flow_chart(&context, &case, common.size))?;
    Ok(Outcome::Answered)
}

fn sampling(samples: u32, seed: Option<u64>) -> Result<PriceSampling, Failure> {
    PriceSampling::new(samples, seed.unwrap_or(1))
        .map_err(|error| Failure::usage(format!("--samples: {error}"), "10000 is enough for most questions"))
}

/// The years before building begins: until the year asked for, else until the permits are there.
fn wait_years(
    args: &CashFlowArgs,
    start: i32,
    route: &Route,
    origins: &mut Vec<Origin>,
    book: &PriceBook,
) -> Result<u32, Failure> {
    let first = i64::from(start) + i64::from(args.build_years);
    if let Some(year) = args.service_year {
        let wait = u32::try_from(i64::from(year) - first).ok().filter(|wait| *wait <= 50);
        return wait.ok_or_else(|| {
            Failure::usage(
                format!("--service-year: expected {first} to {}, found {year}", first + 50),
                "service begins no earlier than the scenario's year and --build-years after it",
            )
        });
    }
    let Some(permits) = &route.permits else { return Ok(0) };
    if let Some(price) = book.find(permits.entry) {
        origins.push(Origin { entry: permits.entry, source: price.source.clone() });
    }
    let wait = years_of_waiting(permits.months[1]);
    if wait > 50 {
        let months = significant(permits.months[1]);
        return Err(Failure::usage(
            format!("{}: expected permits within 600 months, found {months}", permits.entry),
            format!("give the year of service, as in --service-year {}", first + 2),
        ));
    }
    Ok(wait)
}

/// On which terms, as typed or from the price book, and where each comes from; and which of them come from an entry.
fn computed(
    scenario: &Scenario,
    args: &CashFlowArgs,
    from: &End,
) -> Result<(Computed, Vec<(Setting, PriceKey)>), Failure> {
    let book = &scenario.book;
    let (mut origins, mut settings) = (Vec::new(), Vec::new());
    let (price, range) = sale_price(book, args.price, country(scenario, from), &mut origins)?;
    settings.extend(origins.iter().map(|origin| (Setting::Price, origin.entry)));
    let mut share = |setting: Setting, typed: &Option<String>, word: &'static str, without: f64| match typed {
        Some(text) => percentage(&format!("--{setting}"), text),
        None => {
            let entry = PriceFamily::Market.of_word(word);
            Ok(book.find(entry).map_or(without, |found| {
                origins.push(Origin { entry, source: found.source.clone() });
                settings.push((setting, entry));
                found.base
            }))
        }
    };
    let sales = Sales {
        price,
        aged_years: 0,
        decline: share(Setting::PriceDecline, &args.price_decline, "price_decline", 0.0)?,
        start_share: share(Setting::StartShare, &args.start_share, "start_share", 1.0)?,
        growth: share(Setting::Growth, &args.growth, "growth", 0.0)?,
    };
    let inflation = args.inflation.as_deref().map(|text| percentage("--inflation", text)).transpose()?;
    let (currency, exchange) = exchange(book, args.currency.as_deref(), &mut origins)?;
    settings.extend(exchange_key(&currency).map(|entry| (Setting::Exchange, entry)));
    let (build_years, wait_years) = (args.build_years, 0);
    let terms = CashFlowTerms { sales, rate: discount_rate(book), wait_years, build_years, inflation, exchange };
    terms.check().map_err(|error| wrong(error, &settings))?;
    let (service_year, repairs) = (args.service_year, None);
    Ok((Computed { terms, currency, price_range: range, service_year, repairs, origins }, settings))
}

fn country(scenario: &Scenario, end: &End) -> Option<CountryCode> {
    match end {
        End::Country(code) => Some(*code),
        End::Node(id) => scenario.network.find_node(id).map(|node| node.country),
    }
}

/// The price as typed, or the price book's with its low and its high.
fn sale_price(
    book: &PriceBook,
    typed: Option<f64>,
    country: Option<CountryCode>,
    origins: &mut Vec<Origin>,
) -> Result<(f64, Option<PriceRange>), Failure> {
    if let Some(price) = typed {
        return Ok((price, None));
    }
    let Some((entry, price)) = country.and_then(|code| book.optional_for_country(PriceFamily::Sale, code)) else {
        return Err(Failure::usage(
            "--price is not given, and the price book has no entry sale.default",
            "give the price of a Mbit/s for a month, as in --price 5",
        ));
    };
    origins.push(Origin { entry, source: price.source.clone() });
    Ok((price.base, Some(PriceRange { low: price.low, high: price.high })))
}

/// A percentage as a fraction; what its range is, its setting knows.
fn percentage(flag: &str, text: &str) -> Result<f64, Failure> {
    let number = text.trim().strip_suffix('%').and_then(|number| number.trim_end().parse::<f64>().ok());
    number.map(|percent| percent / 100.0).ok_or_else(|| {
        Failure::usage(format!("{flag}: expected a percentage, as in 10%, found {text:?}"), format!("as in {flag} 10%"))
    })
}

/// The price-book entry that a setting is from.
fn entry_of(what: Setting, settings: &[(Setting, PriceKey)]) -> Option<PriceKey> {
    if what == Setting::DiscountRate {
        return Some(PriceFamily::Finance.of_word("discount_rate"));
    }
    settings.iter().find(|(setting, _)| *setting == what).map(|(_, entry)| *entry)
}

/// The currency of the figures, and how much of the price book's one unit of it is.
fn exchange(book: &PriceBook, typed: Option<&str>, origins: &mut Vec<Origin>) -> Result<(String, f64), Failure> {
    let Some(typed) = typed else { return Ok((book.currency.clone(), 1.0)) };
    let code = typed.trim().to_uppercase();
    if code == book.currency {
        return Ok((code, 1.0));
    }
    if let Some((entry, price)) = exchange_key(&code).and_then(|key| Some((key, book.find(key)?))) {
        origins.push(Origin { entry, source: price.source.clone() });
        return Ok((code, price.base));
    }
    let known = book.entries().filter(|(key, _)| key.family() == PriceFamily::Exchange);
    let known: String = known.map(|(key, _)| format!(", {}", key.key())).collect();
    let hint = format!("it has {}{known}; a scenario sets others under [prices]", book.currency);
    Err(Failure::usage(format!("--currency: the price book has no rate of exchange for {typed:?}"), hint))
}

fn exchange_key(code: &str) -> Option<PriceKey> {
    format!("{}.{code}", PriceFamily::Exchange).parse().ok()
}

/// A cash flow that cannot be, told by the option that is wrong, or by the price-book entry that stands for it.
fn wrong(error: CashFlowError, settings: &[(Setting, PriceKey)]) -> Failure {
    match error {
        CashFlowError::OutOfRange { what, found } => {
            if let Some(entry) = entry_of(what, settings) {
                let text = format!("{entry}: expected {}, found {}", what.expected(), what.shown(found));
                return Failure::usage(text, "set another in the price book, or under [prices] of the scenario");
            }
            let hint = match what.as_str() {
                "price" => "as in --price 5; 0 is nothing sold for money".to_owned(),
                "build-years" => "as in --build-years 2".to_owned(),
                "service-year" => "as in --service-year 2030".to_owned(),
                name => format!("as in --{name} 10%"),
            };
            Failure::usage(format!("--{error}"), hint)
        }
        CashFlowError::NoTerm => Failure::usage(error.to_string(), "as in --term-years 15"),
        CashFlowError::TooLarge => Failure::usage(
            format!("no cash flow can be computed to the cent: {error}"),
            "see --price, --gbps, --growth, --inflation and the prices",
        ),
    }
}
