//! One contender's run: prepared once, asked every query, printed as one line of JSON.

use std::fs::read_to_string;
use std::time::Instant;

use serde_json::{Value, json};

use crate::read_pairs;

/// What was asked for on the command line: `CONTENDER INSTANCE PAIRS COUNT REST...`.
pub struct Arguments {
    pub contender: String,
    pub instance: String,
    pub pairs: Vec<(u32, u32)>,
    pub rest: Vec<String>,
}

impl Arguments {
    pub fn read() -> Self {
        let words: Vec<String> = std::env::args().skip(1).collect();
        let [contender, instance, pairs, count, rest @ ..] = &words[..] else {
            panic!("usage: CONTENDER INSTANCE PAIRS COUNT ...");
        };
        let count = count.parse().expect("COUNT is a whole number");
        let (contender, instance, rest) = (contender.clone(), instance.clone(), rest.to_vec());
        Self { contender, instance, pairs: read_pairs(pairs, count), rest }
    }
}

/// What a query is answered with: a sum of weights, or several such numbers.
pub type Answer = Value;

/// Where all queries together take less than this they are asked again, all in their order, until it is filled.
const LEAST_S: f64 = 0.25;

/// A contender that is ready.
pub struct Run {
    prep_s: f64,
}

impl Run {
    /// Prepares a contender.
    pub fn prepare<T>(make: impl FnOnce() -> T) -> (Self, T) {
        let start = Instant::now();
        let made = make();
        (Self { prep_s: start.elapsed().as_secs_f64() }, made)
    }

    /// Asks every query, one after the other, and prints what came of it; a time is the median of its passes.
    pub fn ask<A: Into<Answer>>(self, pairs: &[(u32, u32)], mut ask: impl FnMut(u32, u32) -> A) {
        let mut answers: Vec<Answer> = Vec::new();
        let mut times_us = vec![Vec::new(); pairs.len()];
        let start = Instant::now();
        assert!(!pairs.is_empty(), "there are queries");
        while answers.is_empty() || start.elapsed().as_secs_f64() < LEAST_S {
            let first = answers.is_empty();
            for (i, &(source, target)) in pairs.iter().enumerate() {
                let begun = Instant::now();
                let answer = ask(source, target);
                times_us[i].push(begun.elapsed().as_secs_f64() * 1e6);
                let answer = answer.into();
                if first {
                    answers.push(answer);
                } else {
                    assert_eq!(answer, answers[i], "another answer to {source} {target} the second time");
                }
            }
        }
        let times_us: Vec<f64> = times_us.into_iter().map(median).collect();
        let line = json!({ "prep_s": self.prep_s, "times_us": times_us, "answers": answers, "peak_mb": peak_mb() });
        println!("{line}");
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// The most memory that this process held; `None` where the system does not tell.
fn peak_mb() -> Option<u64> {
    let status = read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kb: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kb.div_ceil(1024))
}
