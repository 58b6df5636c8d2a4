"""The terrain of a line, from an altitude grid of 5 arc minutes and a few desert boxes.

Along the line a sample is taken every 5 km. Its altitude is that of its cell, its relief the
difference between the highest and the lowest of the nine cells around it. A sample is

    high_mountain   above 2,500 m, or above 2,000 m with a relief of 800 m
    mountain        above 1,200 m with a relief of 250 m, or a relief of 600 m anywhere
    hills           a relief of 200 m
    desert          none of these, in one of the desert boxes
    plain           the rest

and the line is of the class of its middle sample in order of severity: half of it is at least as
severe. A line of plain or hills with more than half of its samples in a desert box is desert. Hops under 25 km within a metropolitan area are urban; that is decided by the caller.
"""

import lzma

from geo import interpolate

WEST, NORTH, EAST, SOUTH = -15, 68, 150, -10
PER_DEGREE = 12
WIDTH = (EAST - WEST) * PER_DEGREE
HEIGHT = (NORTH - SOUTH) * PER_DEGREE
SEVERITY = ["plain", "hills", "mountain", "high_mountain"]

DESERTS = {  # west, south, east, north
    "Karakum": (53.5, 36.9, 64.5, 41.8),
    "Kyzylkum and Aral": (60.5, 39.9, 67.0, 47.2),
    "Ustyurt and Mangystau": (51.0, 41.3, 59.5, 46.5),
    "Betpak-Dala and Moiynkum": (66.5, 43.6, 76.0, 47.0),
    "Dasht-e Margo and Registan": (61.0, 29.3, 65.6, 32.4),
    "Dasht-e Kavir": (51.5, 33.0, 57.5, 35.3),
    "Dasht-e Lut": (56.5, 28.5, 60.8, 33.0),
    "Balochistan (Chagai, Kharan, Makran)": (60.5, 25.0, 66.3, 29.5),
    "Thar and Cholistan": (69.3, 24.5, 73.8, 29.2),
    "Arabia": (36.0, 16.5, 56.3, 30.5),
    "Oman, interior": (54.0, 17.3, 57.6, 22.8),
    "Western Iraq": (38.5, 30.5, 43.8, 33.8),
    "Egypt, Eastern Desert and Sinai": (31.6, 23.5, 35.0, 30.4),
    "Egypt, Western Desert": (25.0, 22.0, 30.6, 30.9),
    "Taklamakan": (76.5, 36.8, 90.0, 41.3),
    "Dzungaria": (83.5, 44.0, 91.0, 47.0),
    "Gobi and Hexi": (90.0, 39.0, 113.0, 46.5),
}


class Altitude:
    def __init__(self, path):
        self.cells = lzma.decompress(path.read_bytes())

    def _cell(self, column, row):
        if not (0 <= column < WIDTH and 0 <= row < HEIGHT):
            return None
        value = self.cells[row * WIDTH + column]
        return None if value == 255 else 28 * value - 450

    def sample(self, point):
        """Altitude and relief in metres at a point, or None over the sea."""
        column = int((point[0] - WEST) * PER_DEGREE)
        row = int((NORTH - point[1]) * PER_DEGREE)
        around = [self._cell(column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
        around = [a for a in around if a is not None]
        here = self._cell(column, row)
        if not around:
            return None
        return (around[0] if here is None else here), max(around) - min(around)


def in_desert(point):
    return any(w <= point[0] <= e and s <= point[1] <= n for w, s, e, n in DESERTS.values())


def terrain_of(altitude, points):
    severity, desert, samples = [], 0, interpolate(points, 5.0)
    for point in samples:
        found = altitude.sample(point)
        height, relief = found if found else (0, 0)
        if height > 2500 or (height > 2000 and relief >= 800):
            severity.append(3)
        elif (height > 1200 and relief >= 250) or relief >= 600:
            severity.append(2)
        elif relief >= 200:
            severity.append(1)
        else:
            severity.append(0)
            desert += in_desert(point)
    severity.sort()
    severest = severity[len(severity) // 2]
    if severest <= 1 and 2 * desert > len(samples):
        return "desert"
    return SEVERITY[severest]
