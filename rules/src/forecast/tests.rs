//! Forecasts against figures worked out in R and scipy.
