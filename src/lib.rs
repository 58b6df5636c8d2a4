//! fiberplan

pub mod units;

pub mod geodesy;

pub mod network;

pub mod prices;

pub mod metrics;

pub mod routing;

pub mod corridor;

pub mod embedded;

pub mod formats;

pub mod checks;
