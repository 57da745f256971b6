use async_graphql::Object;
#[derive(Default)]
pub struct TemplateMutation;
#[Object]
impl TemplateMutation {
    async fn t1(&self) -> bool {
        true
    }
}
#[derive(Default)]
pub struct PeriodMutation;
#[Object]
impl PeriodMutation {
    async fn t2(&self) -> bool {
        true
    }
}
