"""Problems from files: CSV of points, OR-Library's pmed files, TSPLIB's coordinates, matrices of numpy and scipy."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, load_npz
from scipy.sparse.csgraph import dijkstra

from siting.arrays import Floats
from siting.costs import Matrix
from siting.errors import ProblemError


@dataclass(frozen=True)
class Table:
    """Rows of a CSV: names, points (None if there are no coordinates), weights."""

    ids: list[str]
    points: Floats | None
    weight: Floats
    degrees: bool


def read_table(path: Path) -> Table:
    """Read a CSV with the columns id, x and y or lon and lat, and weight; all but id may be missing.

    Raises
    ------
    ProblemError
        With file and row, where a number is none.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except OSError as error:
        raise ProblemError(f"{path}: {error.strerror}") from error
    if not rows:
        raise ProblemError(f"{path}: no rows")
    columns = {name.strip().lower(): name for name in rows[0] if name}
    if "id" not in columns:
        raise ProblemError(f"{path}: no column id")
    pair = next((pair for pair in (("lon", "lat"), ("x", "y")) if set(pair) <= set(columns)), None)
    points = np.column_stack([read_column(path, rows, columns[name]) for name in pair]) if pair else None
    weight = read_column(path, rows, columns["weight"]) if "weight" in columns else np.ones(len(rows))
    return Table([row[columns["id"]].strip() for row in rows], points, weight, pair == ("lon", "lat"))


def read_column(path: Path, rows: list[dict[str, str]], column: str) -> Floats:
    """Return a column as numbers."""
    values = np.empty(len(rows))
    for k, row in enumerate(rows):
        try:
            values[k] = float(row[column])
        except (TypeError, ValueError) as error:
            raise ProblemError(f"{path}, row {k + 2}: {column} is {row[column]!r}, not a number") from error
    return values


def read_orlib(path: Path) -> tuple[Matrix, int]:
    """Read a pmed file of OR-Library: n, edges, p; then u, v, length. A repeated edge's last line wins.

    Returns
    -------
    Matrix of the shortest paths between all nodes, and p.
    """
    try:
        words = np.array(path.read_text(encoding="ascii").split(), dtype=np.float64)
    except (OSError, ValueError) as error:
        raise ProblemError(f"{path}: not a pmed file ({error})") from error
    if len(words) < 3 or len(words) < 3 + 3 * int(words[1]):
        raise ProblemError(f"{path}: fewer edges than the first line says")
    n, edges, p = (int(word) for word in words[:3])
    lines = words[3 : 3 + 3 * edges].reshape(edges, 3)
    ends = np.sort(lines[:, :2].astype(np.int64) - 1, axis=1)
    bad = np.flatnonzero((ends[:, 0] < 0) | (ends[:, 1] >= n) | (lines[:, 2] < 0))
    if len(bad):
        raise ProblemError(f"{path}, row {bad[0] + 2}: no such node, or a negative length")
    length = dict(zip(map(tuple, ends.tolist()), lines[:, 2].tolist(), strict=True))
    pairs = np.array(list(length), dtype=np.int64).reshape(-1, 2)
    graph = csr_array((np.array(list(length.values())), (pairs[:, 0], pairs[:, 1])), shape=(n, n))
    return Matrix(dijkstra(graph, directed=False)), p


def read_tsplib(path: Path) -> Floats:
    """Read the coordinates of a TSPLIB file, whatever ends its lines."""
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, ValueError) as error:
        raise ProblemError(f"{path}: not a TSPLIB file ({error})") from error
    start = next((k for k, line in enumerate(lines) if line.strip().startswith("NODE_COORD_SECTION")), None)
    if start is None:
        raise ProblemError(f"{path}: no NODE_COORD_SECTION")
    points = []
    for k, line in enumerate(lines[start + 1 :], start + 2):
        words = line.split()
        if not words or words[0] == "EOF" or words[0].endswith("SECTION"):
            break
        try:
            points.append((float(words[1]), float(words[2])))
        except (IndexError, ValueError) as error:
            raise ProblemError(f"{path}, row {k}: two coordinates are needed") from error
    return np.array(points, dtype=np.float64).reshape(-1, 2)


def read_matrix(path: Path) -> Matrix:
    """Read a matrix: .npy, .npz of numpy with one array, or .npz of scipy.sparse."""
    try:
        if path.suffix == ".npy":
            return Matrix(np.load(path, allow_pickle=False))
        with np.load(path, allow_pickle=False) as arrays:
            names = list(arrays)
            if "indptr" not in names and len(names) == 1:
                dense: npt.NDArray[np.float64] = arrays[names[0]]
                return Matrix(dense)
        return Matrix(csr_array(load_npz(path)))
    except (OSError, ValueError, KeyError) as error:
        if isinstance(error, ProblemError):
            raise
        raise ProblemError(f"{path}: no matrix of numpy or scipy ({error})") from error
