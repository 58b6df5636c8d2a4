//! The answers of `gateway`: the ways of a country to the hubs, what each gateway gives, what they lean on.

mod all;
mod all_words;
mod answer;
mod compared;
mod document;
mod input;
mod layout;
mod names;
mod records;
mod words;

pub use input::{GatewayAllReport, GatewayCase, GatewayCompareReport, GatewayReport, ScenarioReach};
pub use words::{gateway_conclusion, gateway_gains};

use super::answer::{GatewayAllAnswer, GatewayAnswer, GatewayCompareAnswer};
use super::document::Document;
use super::features::FeatureCollection;
use super::records::Records;
use super::rendering::Report;

impl Report for GatewayReport<'_> {
    type Answer = GatewayAnswer;

    fn answer(&self) -> GatewayAnswer {
        answer::gateways(self)
    }

    fn document(&self) -> Document {
        document::document(self)
    }

    fn records(&self) -> Records {
        let Self { context, gateways, .. } = *self;
        records::gateways(&[GatewayCase { context, gateways }])
    }

    fn features(&self) -> FeatureCollection {
        answer::features(self)
    }
}

impl Report for GatewayCompareReport<'_> {
    type Answer = GatewayCompareAnswer;

    fn answer(&self) -> GatewayCompareAnswer {
        answer::compared(self)
    }

    fn document(&self) -> Document {
        compared::document(self)
    }

    fn records(&self) -> Records {
        records::gateways(&self.cases)
    }

    fn features(&self) -> FeatureCollection {
        answer::compared_features(self)
    }
}

impl Report for GatewayAllReport<'_> {
    type Answer = GatewayAllAnswer;

    fn answer(&self) -> GatewayAllAnswer {
        answer::all(self)
    }

    fn document(&self) -> Document {
        all::document(self)
    }

    fn records(&self) -> Records {
        records::all(self)
    }
}
