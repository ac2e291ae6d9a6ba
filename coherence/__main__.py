"""``python -m coherence`` is the command line."""

from coherence.cli import main

if __name__ == "__main__":
    main()
