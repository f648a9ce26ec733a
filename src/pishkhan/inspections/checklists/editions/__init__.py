"""The editions of the checklist, a file each: whatever lies here is on the register once the house is open."""

from importlib import import_module
from pkgutil import iter_modules

for found in iter_modules(__path__):
    import_module(f"{__name__}.{found.name}")
