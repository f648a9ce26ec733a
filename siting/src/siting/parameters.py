"""All figures that steer the solver. None of them changes what is proven, only how fast and how far."""

from dataclasses import dataclass, field

from siting.lagrangian import StepRule


@dataclass(frozen=True)
class Ascent:
    """One run of the subgradient method.

    Attributes
    ----------
    iterations : int
        At most.
    patience : int
        Iterations in a period, after which the step size may be halved.
    rule : StepRule
    """

    iterations: int
    patience: int
    rule: StepRule = field(default=StepRule(0.5, 0.3, 0.005))


@dataclass(frozen=True)
class StrongBranching:
    """How a site to branch on is chosen.

    Attributes
    ----------
    candidates : int
        Sites that are tried.
    ascent : Ascent
        For each child of a candidate.
    """

    candidates: int
    ascent: Ascent


@dataclass(frozen=True)
class PresolveParameters:
    """How long rows are.

    Attributes
    ----------
    max_row_length : int, optional
        Sites in a row; if not given, all with fixed sites, else `row_length_factor` times the number of sites to each
        open one, and `min_row_length` at least.
    first_row_length, growth : int
        Rows of points begin with so many sites, and grow by this factor as long as they end below their cap.
    chunk : int
        Clients whose sites are looked up at once.
    max_lookup : int
        Entries looked up at once; beyond it rows are cut short.
    """

    max_row_length: int | None = None
    row_length_factor: int = 8
    min_row_length: int = 24
    first_row_length: int = 16
    growth: int = 4
    chunk: int = 20_000
    max_lookup: int = 100_000_000


@dataclass(frozen=True)
class RootParameters:
    """How the bound of the root node is raised.

    Attributes
    ----------
    stages : tuple of pair of int
        Iterations and patience; between two stages the search tries what the multipliers suggest.
    rule : StepRule
        When the ascent begins at the costs of the first local optimum.
    rule_with_caps : StepRule
        With fixed sites, or in maximal covering.
    min_portion, max_portion : int
        Iterations between two looks at the clock.
    portion_work : int
        Entries that the bound reads between two looks at the clock, within these limits.
    entries_per_search_entry : int
        Entries of the bound that take as long as one of the search.
    """

    stages: tuple[tuple[int, int], ...] = ((100, 20), (150, 20), (150, 40), (300, 40), (400, 40), (600, 40))
    rule: StepRule = field(default=StepRule(1.0, 0.9, 0.02))
    rule_with_caps: StepRule = field(default=StepRule(1.0, 0.3, 0.001))
    min_portion: int = 5
    max_portion: int = 300
    portion_work: int = 60_000_000
    entries_per_search_entry: int = 12


@dataclass(frozen=True)
class SearchParameters:
    """How iterated local search goes on.

    Attributes
    ----------
    swaps_per_portion : int
        Improving swaps between two looks at the clock.
    max_idle : int
        It restarts elsewhere after reading this many times all entries without an improvement.
    max_rank : int
        In large problems it does not look beyond a client's open site of this rank.
    """

    swaps_per_portion: int = 1000
    max_idle: int = 20
    max_rank: int = 4


@dataclass(frozen=True)
class ReductionParameters:
    """How the problem is reduced and searched before it is enumerated.

    Attributes
    ----------
    first : Ascent
        Of a problem that is not large, before the first branch and bound.
    ascent : Ascent
        Of each later round.
    retry_after : int
        Rounds after which a problem that did not shrink is bounded again.
    effort : int
        Times that a search in a round reads all entries.
    min_entries : int
        The entries that a small problem counts as by that.
    """

    first: Ascent = Ascent(400, 20)
    ascent: Ascent = Ascent(150, 20)
    retry_after: int = 4
    effort: int = 80
    min_entries: int = 500_000


@dataclass(frozen=True)
class TreeParameters:
    """How branch and bound goes on.

    Attributes
    ----------
    ascent : Ascent
        Of each node.
    branching, lp_branching : StrongBranching
        Without and with linear programs.
    lp_ascent : Ascent
        From the duals of a linear program.
    batch : int
        Nodes at once; it does not depend on the number of threads, so that the answer does not.
    nodes_before_lp : int
        Nodes before any linear program.
    max_lp_entries : int
        The most entries of a problem for linear programs.
    nodes_per_round : int
        Nodes that count as a round, if rounds limit the run.
    """

    ascent: Ascent = Ascent(60, 8)
    branching: StrongBranching = StrongBranching(1, Ascent(1, 5, StepRule(0.5)))
    lp_branching: StrongBranching = StrongBranching(8, Ascent(30, 5, StepRule(0.5)))
    lp_ascent: Ascent = Ascent(20, 5, StepRule(0.1))
    batch: int = 2
    nodes_before_lp: int = 150
    max_lp_entries: int = 60_000
    nodes_per_round: int = 100


@dataclass(frozen=True)
class Parameters:
    """All figures that steer the solver.

    Attributes
    ----------
    large_problem : int
        A problem with more entries is not enumerated, and searched among near sites only.
    work_per_check : int
        Entries read between two looks at the clock.
    column_ratio : int
        Sites to each open one from which on the subgradient is computed by columns.
    """

    large_problem: int = 400_000
    work_per_check: int = 20_000_000
    column_ratio: int = 16
    presolve: PresolveParameters = PresolveParameters()
    root: RootParameters = RootParameters()
    search: SearchParameters = SearchParameters()
    reduction: ReductionParameters = ReductionParameters()
    tree: TreeParameters = TreeParameters()


DEFAULTS = Parameters()
