//! Taking a framework's import back.

use rules::measure::ElementKind;
use rules::period::Period;

use crate::small::{EDITION, book, element, forum, indicator, link, target};
use crate::world::{World, on_each_database};

fn second() -> rules::framework::FrameworkBook {
    let mut second = book();
    second.edition.title = "Another title".into();
    second.elements[3].title = "Renamed".into();
    second.elements.push(element("D2", ElementKind::Directorate, None));
    second.elements.push(element("S3", ElementKind::Service, Some("D2")));
    second.elements[4].parent = Some("D2".into());
    second.indicators[0].unit = "Days".into();
    second.indicators[1].owner = "S3".into();
    second.indicators.push(indicator("A3", "S3"));
    second.links.push(link("A3", true, "O1"));
    second.targets[0].target = Some(90.into());
    second.targets.push(target("A3", "2023/24", 5, None));
    second.rules[0].shape = rules::status::Shape::Words;
    second.periods[0].open = false;
    second.forums[0].remit = vec!["S1".into(), "S3".into()];
    second.forums.push(forum("F2", &["D2"]));
    second
}

#[tokio::test]
async fn what_stood_before_stands_again() {
    on_each_database("somewhere", async |world: World| {
        world.bring(&book()).await;
        let before = world.book(EDITION).await;
        let (import, plan) = world.bring(&second()).await;
        assert_eq!((plan.counts().new, plan.counts().changed, plan.counts().refused), (6, 9, 0));
        assert_ne!(world.book(EDITION).await, before);
        let undone = world.undo(import).await;
        assert_eq!((undone.reversed, undone.kept, undone.failed), (15, Vec::new(), Vec::new()));
        assert_eq!(world.book(EDITION).await, before);
    })
    .await;
}

#[tokio::test]
async fn what_is_used_stays_with_what_it_stands_on() {
    on_each_database("somewhere", async |world: World| {
        world.bring(&book()).await;
        let (import, _) = world.bring(&second()).await;
        world.report("A3", "2023/24 Q1").await;
        let undone = world.undo(import).await;
        assert_eq!(undone.kept, []);
        let failed: Vec<_> = undone.failed.iter().map(|failed| (failed.key.as_str(), failed.because.as_str())).collect();
        let expected = [
            ("indicator A3", "figures were reported for it"),
            ("element S3", "it owns an indicator that stays"),
            ("element D2", "something that stays stands below it"),
        ];
        assert_eq!(failed, expected);
        assert_eq!(undone.reversed, 12);
        let held = world.book(EDITION).await.unwrap();
        assert_eq!(
            held.indicators.iter().map(|row| (row.code.as_str(), row.owner.as_str())).collect::<Vec<_>>(),
            [("A1", "S1"), ("A2", "S2"), ("A3", "S3")]
        );
        assert_eq!(held.targets, book().targets);
    })
    .await;
}

#[tokio::test]
async fn what_was_changed_since_stays() {
    on_each_database("somewhere", async |world: World| {
        world.bring(&book()).await;
        let (import, _) = world.bring(&second()).await;
        let mut third = second();
        third.targets[0].target = Some(95.into());
        world.bring(&third).await;
        let undone = world.undo(import).await;
        let kept: Vec<_> = undone.kept.iter().map(|kept| (kept.key.as_str(), kept.because.as_str(), kept.period)).collect();
        assert_eq!(kept, [("target A1 2023/24", "it was changed since", "2023/24".parse::<Period>().ok())]);
        assert_eq!(world.book(EDITION).await.unwrap().targets[0].target, Some(95.into()));
    })
    .await;
}

#[tokio::test]
async fn an_edition_that_others_fill_stays() {
    on_each_database("somewhere", async |world: World| {
        let (first, _) = world.bring(&book()).await;
        world.bring(&second()).await;
        let undone = world.undo(first).await;
        let keys = |rows: &[goldenthread::imports::plan::Kept]| rows.iter().map(|row| row.key.clone()).collect::<Vec<_>>();
        let (kept, failed) = (keys(&undone.kept), keys(&undone.failed));
        // The second book gave the edition another title, and let what stands below the outcome stay.
        assert!(kept.contains(&"edition 2023/24".to_owned()) && failed.contains(&"element O1".to_owned()), "{kept:?} {failed:?}");
        assert!(world.book(EDITION).await.unwrap().elements.iter().any(|row| row.code == "S3"));
    })
    .await;
}

#[tokio::test]
async fn what_the_reporting_cycle_stands_on_stays_and_says_why() {
    on_each_database("somewhere", async |world: World| {
        world.bring(&book()).await;
        let mut second = second();
        second.periods.push(rules::framework::ReportingPeriodRow { period: "2023/24 Q3".parse().unwrap(), open: true, due_on: None });
        let (import, _) = world.bring(&second).await;
        world.answered("S3", "F2", "A3", "2023/24 Q3").await;
        let undone = world.undo(import).await;
        let mut failed: Vec<_> = undone.failed.iter().map(|failed| (failed.key.as_str(), failed.because.as_str())).collect();
        failed.sort_unstable();
        let expected = [
            ("element D2", "something that stays stands below it"),
            ("element S3", "a return was made for it"),
            ("forum F2", "figures were released to it"),
            ("indicator A3", "a target was proposed for it"),
            ("reporting period 2023/24 Q3", "returns or releases are on record for it"),
        ];
        // What the indicator stands on is told by its own reason or by that of the indicator.
        assert_eq!(failed.iter().map(|(key, _)| *key).collect::<Vec<_>>(), expected.map(|(key, _)| key));
        for (key, because) in &expected[2..] {
            assert!(failed.contains(&(key, because)), "{key}: {failed:?}");
        }
    })
    .await;
}
