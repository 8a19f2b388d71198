"""`python -m wfm.cli`."""

from wfm.cli import main

if __name__ == "__main__":
    main()
