//! A large council's pack: 200 indicators with 24 months each. Asked of it: under 2 seconds and 2 MB.
#![expect(clippy::unwrap_used, reason = "constants of the sample, and none is wrong")]

use criterion::{Criterion, criterion_group, criterion_main};

#[path = "../tests/workbooks/sample.rs"]
mod sample;

fn pack(c: &mut Criterion) {
    let pack = sample::large(200, 24);
    c.bench_function("pack of 200 indicators and 24 periods", |b| b.iter(|| exporters::pack::render(&pack)));
}

criterion_group! { name = benches; config = Criterion::default().sample_size(10); targets = pack }
criterion_main!(benches);
