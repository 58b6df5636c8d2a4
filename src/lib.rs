//! fiberplan

pub mod geodesy;

pub mod embedded;

pub mod map;
