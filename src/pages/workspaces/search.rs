//! The search among workspaces, and their order: recently used ones first, archived ones last.

use crate::domain::{Workspace, WorkspaceId};

/// The maximum number of results. Rendering more would delay every keystroke.
pub const MAX_RESULTS: usize = 50;

/// The group of a workspace in the list, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Used recently.
    Recent,
    /// Neither recent nor archived.
    Other,
    /// Archived.
    Archived,
}

impl Group {
    /// Every group, in order.
    pub const ALL: [Self; 3] = [Self::Recent, Self::Other, Self::Archived];
}

/// The index of the workspaces, normalized for the search.
#[derive(Debug)]
pub struct WorkspaceSearch {
    normalize: fn(&str) -> String,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    group: Group,
    /// Name and ID, normalized once instead of at every keystroke.
    normalized: String,
    workspace: Workspace,
}

/// The results of a search.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchResults {
    /// The first [`MAX_RESULTS`] results, in order.
    pub shown: Vec<(Group, Workspace)>,
    /// The number of all results.
    pub count: usize,
}

impl WorkspaceSearch {
    /// Indexes workspaces, sorted by group and last use. `recent` holds the most recent one first. `normalize` maps
    /// texts that the search treats as equal to the same text.
    pub fn new(workspaces: Vec<Workspace>, recent: &[WorkspaceId], normalize: fn(&str) -> String) -> Self {
        let rank = |workspace: &Workspace| match recent.iter().position(|id| *id == workspace.id) {
            _ if workspace.archived => (Group::Archived, 0),
            Some(position) => (Group::Recent, position),
            None => (Group::Other, 0),
        };
        let mut workspaces: Vec<_> = workspaces.into_iter().map(|workspace| (rank(&workspace), workspace)).collect();
        workspaces.sort_by_key(|&(rank, _)| rank);
        let entries = workspaces.into_iter().map(|((group, _), workspace)| {
            let normalized = normalize(&workspace.name) + "\n" + &normalize(workspace.id.as_str());
            Entry { group, normalized, workspace }
        });
        Self { normalize, entries: entries.collect() }
    }

    /// The number of workspaces.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no workspace.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Finds the workspaces whose name or ID contains every word of the query.
    pub fn find(&self, query: &str) -> SearchResults {
        let query = (self.normalize)(query);
        let terms: Vec<&str> = query.split_whitespace().collect();
        let mut results = SearchResults::default();
        for entry in self.entries.iter().filter(|entry| terms.iter().all(|term| entry.normalized.contains(term))) {
            results.count += 1;
            if results.count <= MAX_RESULTS {
                results.shown.push((entry.group, entry.workspace.clone()));
            }
        }
        results
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::BillingMode;

    fn workspace(id: &str, name: &str) -> Workspace {
        let id = WorkspaceId::parse(id).unwrap();
        Workspace { id, name: name.to_owned(), mode: BillingMode::Pooled, archived: name.contains("old") }
    }

    fn search(recent: &[&str]) -> WorkspaceSearch {
        let all = [("ws_1", "Acme"), ("ws_2", "old Acme"), ("ws_3", "Zulu Acme"), ("ws_4", "Nord")];
        let recent: Vec<_> = recent.iter().filter_map(|id| WorkspaceId::parse(id)).collect();
        WorkspaceSearch::new(all.map(|(id, name)| workspace(id, name)).into(), &recent, str::to_lowercase)
    }

    fn ids(results: &SearchResults) -> Vec<(Group, &str)> {
        results.shown.iter().map(|(group, workspace)| (*group, workspace.id.as_str())).collect()
    }

    #[test]
    fn recent_workspaces_come_first_and_archived_ones_last() {
        use Group::{Archived, Other, Recent};
        let results = search(&["ws_4", "ws_gone", "ws_2", "ws_3"]).find("");
        assert_eq!(ids(&results), [(Recent, "ws_4"), (Recent, "ws_3"), (Other, "ws_1"), (Archived, "ws_2")]);
        assert_eq!(ids(&search(&[]).find(" "))[0], (Other, "ws_1"), "else the order is the API's");
    }

    #[test]
    fn every_word_is_searched_in_the_name_and_the_id() {
        let search = search(&[]);
        for (query, count) in [("ACME", 3), ("acme zu", 1), ("ws_4", 1), ("nord acme", 0), ("acme ws_1", 1)] {
            assert_eq!(search.find(query).count, count, "{query}");
        }
    }

    #[test]
    fn shows_fifty_of_thousands_and_counts_all() {
        let many = (0..5000).map(|at| workspace(&format!("ws_{at}"), &format!("Site {at}"))).collect();
        let results = WorkspaceSearch::new(many, &[], str::to_owned).find("");
        assert_eq!((results.shown.len(), results.count), (50, 5000));
    }
}
