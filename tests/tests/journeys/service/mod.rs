//! A service to depend on: correct by the specifications, and bounded, whoever asks.

mod clients;
mod hostile;
mod limits;
mod lint;
mod multipart;
mod relay;
mod slow;
mod sockets;
mod specification;
mod trusted;
