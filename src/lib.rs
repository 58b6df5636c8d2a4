//! fiberplan

pub mod geodesy;

pub mod embedded;
