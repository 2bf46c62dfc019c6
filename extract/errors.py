"""What can go wrong, said so that a person can mend it: each error names file and place and says what to do."""


class UserError(ValueError):
    """Something that the user can mend. `exit_code` is that of the command: 1 a document failed, 2 wrong use."""

    exit_code = 2


class DocumentError(UserError):
    """One document could not be turned into a graph; the rest of the batch goes on.

    Attributes: `name` (the file as the user gave it), `problem` (one sentence), `cure` (what to do).
    """

    exit_code = 1

    def __init__(self, name: str, problem: str, cure: str) -> None:
        super().__init__(f"{name}: {problem} {cure}")
        self.name = name
        self.problem = problem
        self.cure = cure

    def __reduce__(self) -> tuple[type["DocumentError"], tuple[str, str, str]]:
        # an exception crosses to the parent process by its three parts, not by its one message
        return type(self), (self.name, self.problem, self.cure)


class UnreadableError(DocumentError):
    """The bytes are no text that we can read (empty, missing, binary, unknown encoding)."""


class MissingExtraError(UnreadableError):
    """The format is known, but the packages that read it are not installed."""


class NotAPolicyError(DocumentError):
    """The text was read, but holds neither headings nor sentences of a policy."""


class AnnotationError(DocumentError):
    """A hand-made annotation file does not fit its source text or the annotation form."""
