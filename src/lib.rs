//! fiberplan
