"""`python -m zhengce` is the same as the `zhengce` command."""

from .cli import main

main()
