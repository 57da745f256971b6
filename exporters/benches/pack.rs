//! A large council's pack: 300 indicators of twelve months, each with its chart. Asked of it: under 5 MB.
#![expect(clippy::unwrap_used, reason = "constants of the sample, and none is wrong")]

use criterion::{Criterion, criterion_group, criterion_main};

#[path = "../tests/workbooks/sample.rs"]
mod sample;

fn pack(c: &mut Criterion) {
    let mut pack = sample::large(300, 12);
    pack.chart_all = true;
    c.bench_function("pack of 300 indicators, 12 periods and 300 charts", |b| b.iter(|| exporters::pack::render(&pack)));
}

criterion_group! { name = benches; config = Criterion::default().sample_size(10); targets = pack }
criterion_main!(benches);
