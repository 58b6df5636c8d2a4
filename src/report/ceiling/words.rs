//! What a ceiling says, in sentences.

use super::input::{CeilingCase, CeilingWithout};
use crate::analysis::{Ceiling, CeilingStretch, Limit, SweptParameter};
use crate::graph::parametric::Ratio;
use crate::metrics::Route;
use crate::network::CountryCode;
use crate::prices::PriceFamily;
use crate::report::context::Context;
use crate::report::ledger::{listed, musd, whole_km};
use crate::report::option_name::OptionName;
use crate::units::{Usd, grouped};

impl CeilingCase<'_> {
    /// What is raised, as the subject of a sentence.
    fn thing(&self) -> String {
        match &self.ceiling.parameter {
            SweptParameter::Entry(key) if key.family() == PriceFamily::TransitPerKm => "its fee by the km".to_owned(),
            SweptParameter::Entry(key) if key.family() == PriceFamily::TransitPassage => {
                "its fee for entering".to_owned()
            }
            SweptParameter::Entry(key) if key.family() == PriceFamily::BuildMultiplier => {
                "its factor on building prices".to_owned()
            }
            SweptParameter::Entry(_) => "it".to_owned(),
            SweptParameter::DelayIn(_) | SweptParameter::DelayOn(_) => "the delay added one way".to_owned(),
            SweptParameter::RentOf(_) => "its rent".to_owned(),
            SweptParameter::BuildOf(_) => "its building price".to_owned(),
        }
    }

    /// What a route has to do with it.
    pub(crate) fn uses(&self) -> String {
        let name = self.name;
        match &self.ceiling.parameter {
            SweptParameter::Entry(key) if key.family().is_transit() && key.to_string() != name => {
                format!("passes through {name}")
            }
            SweptParameter::Entry(key) if key.family() == PriceFamily::BuildMultiplier && key.to_string() != name => {
                format!("builds in {name}")
            }
            SweptParameter::Entry(key) => format!("pays {key}"),
            SweptParameter::DelayIn(_) => format!("passes through {name}"),
            SweptParameter::DelayOn(_) | SweptParameter::RentOf(_) | SweptParameter::BuildOf(_) => {
                format!("uses {name}")
            }
        }
    }

    pub(crate) fn best(&self) -> &'static str {
        if self.ceiling.parameter.is_delay() { "fastest" } else { "cheapest" }
    }

    /// A value with its unit, rounded down: what is said to be allowed is allowed.
    fn value(&self, at: Ratio) -> String {
        in_unit(self.ceiling, at)
    }

    /// What it is now, in brackets; nothing for a delay, which is added to what there is.
    fn now(&self) -> String {
        let now = self.ceiling.value(self.ceiling.at_now()).filter(|_| !self.ceiling.parameter.is_delay());
        now.map_or_else(String::new, |now| format!(" (now {})", floored(now)))
    }

    /// What another ceiling of the same thing comes to.
    fn limit_of(&self, ceiling: &Ceiling) -> String {
        match ceiling.limit() {
            Limit::Never => format!("no best route {} at any value", self.uses()),
            Limit::Always => "there is no ceiling".to_owned(),
            Limit::Until(last) => {
                format!("the ceiling is {}", in_unit(ceiling, ceiling.stretches[last].to))
            }
        }
    }
}

fn in_unit(ceiling: &Ceiling, at: Ratio) -> String {
    let unit = if ceiling.unit == "1" { String::new() } else { format!(" {}", ceiling.unit) };
    ceiling.value(at).map_or_else(|| "any value".to_owned(), |value| format!("{}{unit}", floored(value)))
}

/// A number rounded down to four significant digits, or to whole units from 1,000 on.
pub(crate) fn floored(value: f64) -> String {
    if value >= 1000.0 {
        return grouped(value as i64);
    }
    let digits = if value > 0.0 { (3 - value.log10().floor() as i32).clamp(0, 12) } else { 0 };
    let scale = 10_f64.powi(digits);
    // What a fraction of 64 bits lacks is not to cost a digit.
    let text = format!("{:.*}", digits as usize, ((value * scale) * (1.0 + 1e-12)).floor() / scale);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

fn yearly(sum: Usd) -> String {
    format!("{} USD a year", grouped((sum.cents() + 50).div_euclid(100)))
}

/// The way of a route in countries: `by Iran and the sea`.
pub(crate) fn by(context: &Context<'_>, route: &Route) -> String {
    let mut names: Vec<String> = Vec::new();
    let between = route.countries.iter().skip(1).take(route.countries.len().saturating_sub(2));
    for &country in between {
        let name = context.country_name(country);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.len() > 4 {
        let more = names.len() - 3;
        names.splice(2..names.len() - 1, [format!("{more} more")]);
    }
    if route.goes_by_sea() {
        names.push("the sea".to_owned());
    }
    if names.is_empty() { "direct".to_owned() } else { format!("by {}", listed(&names)) }
}

/// `2,565 km, 25.8 ms RTT, 13.2 MUSD` at a value.
fn figures(ceiling: &Ceiling, stretch: &CeilingStretch, at: Ratio) -> String {
    let rtt = ceiling.latency_at(stretch, at).map_or(0.0, |latency| 2.0 * latency.ms());
    let cost = ceiling.cost_at(stretch.line, at).unwrap_or(stretch.route.bill.total());
    format!("{} km, {rtt:.1} ms RTT, {} MUSD", whole_km(stretch.route.length), musd(cost))
}

/// The value and the best route of today.
pub(crate) fn today_in_words(context: &Context<'_>, answer: &CeilingCase<'_>, today: usize) -> String {
    let (ceiling, own) = (answer.ceiling, &answer.ceiling.stretches[today]);
    let told = format!("{}, {}", by(context, &own.route), figures(ceiling, own, ceiling.at_now()));
    if ceiling.parameter.is_delay() { told } else { format!("at {} it goes {told}", answer.value(ceiling.at_now())) }
}

/// What the answer says, in a few sentences.
pub(crate) fn verdict(context: &Context<'_>, answer: &CeilingCase<'_>) -> Vec<String> {
    let ceiling = answer.ceiling;
    let Some(today) = ceiling.today() else { return Vec::new() };
    let ends = [&context.asked.from, &context.asked.to].map(|end| context.name_typed(end));
    let (best, thing, uses) = (answer.best(), answer.thing(), answer.uses());
    let subject = format!("The {best} route from {} to {}", ends[0], ends[1]);
    let mut said = Vec::new();
    match ceiling.limit() {
        Limit::Always => {
            said.push(format!(
                "There is no ceiling: {} {uses}, however high {thing} is{}.",
                lower(&subject),
                answer.now()
            ));
        }
        Limit::Never => said.extend(never(context, answer, &subject)),
        Limit::Until(last) => {
            let (stretch, next) = (&ceiling.stretches[last], ceiling.stretches.get(last + 1));
            let limit = answer.value(stretch.to);
            let then = next.map_or_else(String::new, |next| {
                format!("; then it goes {}, {}", by(context, &next.route), figures(ceiling, next, stretch.to))
            });
            said.push(if ceiling.at_now() <= stretch.to {
                format!("{subject} {uses} until {thing} exceeds {limit}{}{then}.", answer.now())
            } else {
                let now = &ceiling.stretches[today];
                format!(
                    "{subject} {uses} only where {thing} is at most {limit}{}: today it goes {}, {}.",
                    answer.now(),
                    by(context, &now.route),
                    figures(ceiling, now, ceiling.at_now())
                )
            });
            said.extend(income(answer, last, today));
        }
    }
    let own = &ceiling.stretches[today];
    if own.to.is_finite() && ceiling.limit() != Limit::Until(today) {
        let next = &ceiling.stretches[today + 1];
        said.push(format!(
            "The first change is at {}: then it goes {}, {}.",
            answer.value(own.to),
            by(context, &next.route),
            figures(ceiling, next, own.to)
        ));
    }
    said.extend(edges(answer));
    said.extend(without(context, answer));
    said
}

fn lower(subject: &str) -> String {
    subject.replacen("The", "the", 1)
}

fn never(context: &Context<'_>, answer: &CeilingCase<'_>, subject: &str) -> Vec<String> {
    let ceiling = answer.ceiling;
    let Some(today) = ceiling.stretches.first() else { return Vec::new() };
    let (thing, uses) = (answer.thing(), answer.uses());
    let way = by(context, &today.route);
    let Some(through) = &ceiling.through else {
        return vec![format!(
            "{subject} never {uses}{}: it goes {way}, {}.",
            answer.now(),
            figures(ceiling, today, Ratio::ZERO)
        )];
    };
    let more = if ceiling.parameter.is_delay() {
        let [own, best] = [through.route.rtt_ms(), today.route.rtt_ms()];
        format!("is {:.1} ms RTT slower ({own:.1} against {best:.1} ms)", own - best)
    } else {
        let own = ceiling.cost_at(through.line, Ratio::ZERO).unwrap_or_default();
        let best = ceiling.cost_at(today.line, Ratio::ZERO).unwrap_or_default();
        format!("costs {} MUSD more ({} against {} MUSD)", musd(own - best), musd(own), musd(best))
    };
    let at_zero = if ceiling.parameter.is_delay() {
        String::new()
    } else {
        format!(", even if {thing} were nothing{}", answer.now())
    };
    let own = by(context, &through.route);
    vec![format!("{subject} never {uses}{at_zero}: the best one that does, {own}, {more} than the one {way}.")]
}

fn income(answer: &CeilingCase<'_>, last: usize, today: usize) -> Option<String> {
    let ceiling = answer.ceiling;
    if !ceiling.parameter.is_income() {
        return None;
    }
    let (most, _) = ceiling.most_paid()?;
    let stretch = &ceiling.stretches[most];
    let earned = yearly(ceiling.paid_yearly_at(stretch.line, stretch.to)?);
    let now = yearly(ceiling.paid_yearly_at(ceiling.stretches[today].line, ceiling.at_now())?);
    let at =
        if most == last { "just below that".to_owned() } else { format!("just below {}", answer.value(stretch.to)) };
    Some(format!("By itself, leases and other fees aside, it brings in most {at}: {earned}, against {now} now."))
}

/// What holds without the countries that the best route goes by today.
fn without(context: &Context<'_>, answer: &CeilingCase<'_>) -> Option<String> {
    let CeilingWithout { avoided, ceiling } = answer.without?;
    ceiling.today()?;
    let names: Vec<String> = avoided.iter().map(|&code| context.country_name(code)).collect();
    let codes: Vec<&str> = avoided.iter().map(CountryCode::as_str).collect();
    Some(format!(
        "Without {} ({}) {}.",
        listed(&names),
        context.setting(OptionName::Avoid, codes.join(",")),
        answer.limit_of(ceiling)
    ))
}

/// The limit with all prices at an end of their ranges, in words.
fn edges(answer: &CeilingCase<'_>) -> Option<String> {
    let limits = [answer.ceiling, answer.low?, answer.high?].map(Ceiling::limit);
    if limits == [Limit::Never; 3] {
        return Some("The same holds with all prices at their low ends, and with all at their high ends.".to_owned());
    }
    let (low, high) = (answer.limit_of(answer.low?), answer.limit_of(answer.high?));
    Some(if low == high {
        format!("With all other prices at their low ends, and with all at their high ends, {low}.")
    } else {
        format!("With all other prices at their low ends {low}, with all at their high ends {high}.")
    })
}
