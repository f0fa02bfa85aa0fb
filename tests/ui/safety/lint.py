"""Finds each place where a `str` that we did not write ourselves could be read as markup.

Textual reads a plain `str` as markup in most of its widgets; `[/]` in it ends the app, and
`[@click=...]` runs an action. Safe are a literal, a constant in capitals, a call of a safe maker
or of a function of ours that returns `Content`, and a name that is bound to nothing else.
"""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

SAFE_TYPES: Final = frozenset("Content Text Visual Option Selection".split())
SAFE_MAKERS: Final = SAFE_TYPES | frozenset(
    "shown template rich_text from_markup styled assemble blank".split()
)
OURS_ONLY: Final = frozenset("from_markup from_ansi render_str template".split())

# The arguments of a call that are shown.
FIRST: Final = frozenset(
    "Static Label Link Button Checkbox RadioButton Option Selection Tab TabPane Tree Select "
    "Markdown MarkdownViewer DiscoveryHit SystemCommand update notify add_option add_options "
    "set_options add_tab add_leaf set_label with_tooltip add_column".split()
)
ALL: Final = frozenset("OptionList SelectionList Tabs add_columns add_row".split())
OTHER: Final = {"Hit": 1, "SystemCommand": 1, "update_cell": 2, "update_cell_at": 1}
ATTRIBUTES: Final = frozenset("border_title border_subtitle tooltip placeholder".split())
KEYWORDS: Final = ATTRIBUTES | frozenset("content label prompt title message help".split())
WORDED: Final = FIRST | ALL | OTHER.keys() | {"Collapsible"}
# An Input shows its placeholder unparsed, and a notification its title.
CLEAN_IS_ENOUGH: Final = frozenset({("Input", "placeholder"), ("notify", "title")})

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(node: ast.AST) -> str:
    """The last part of a name, an attribute or a call: `Content.styled(...)` is `styled`."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=value) | ast.Subscript(value=value) | ast.Starred(value=value):
            return name_of(value)
    return ""


def is_safe_type(annotation: ast.expr | None) -> bool:
    """Whether an annotation names a safe type, alone or within a collection, and no `str`."""
    names = {name_of(node) for node in ast.walk(annotation)} if annotation else set()
    return bool(names & SAFE_TYPES) and "str" not in names


def makers_in(trees: Iterable[ast.AST]) -> frozenset[str]:
    """Functions that return a safe type, if every function of that name does."""
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, Function)]
    unsure = {function.name for function in functions if not is_safe_type(function.returns)}
    return frozenset(function.name for function in functions) - unsure


class Scope:
    """What the names in a function, or else in its module, are bound to."""

    def __init__(self, owner: ast.AST, makers: frozenset[str], module: "Scope | None") -> None:
        self.makers = makers
        self.module = module
        self.bindings: dict[str, list[bool | ast.expr]] = {}
        self.asked: set[str] = set()
        for node in ast.walk(owner):
            match node:
                case ast.arg(arg=name, annotation=annotation):
                    self.bindings.setdefault(name, []).append(is_safe_type(annotation))
                case ast.AnnAssign(target=target, annotation=annotation):
                    self.bind(target, is_safe_type(annotation))
                case ast.Assign(targets=targets, value=value):
                    for target in targets:
                        self.bind(target, value)
                case ast.NamedExpr(target=target, value=value):
                    self.bind(target, value)
                case ast.AugAssign(target=target, value=value):
                    self.bind(target, value)
                case ast.For(target=target, iter=value):
                    self.bind(target, value)
                case ast.comprehension(target=target, iter=value):
                    self.bind(target, value)

    def bind(self, target: ast.expr, to: bool | ast.expr) -> None:
        """Note one more value that a name, or each of several names, may have."""
        if isinstance(target, ast.Tuple | ast.List):
            for part in target.elts:
                self.bind(part, to)
        else:
            self.bindings.setdefault(name_of(target), []).append(to)

    def is_safe(self, node: ast.expr) -> bool:
        """Whether nothing that somebody typed can be a `str` here."""
        match node:
            case ast.Constant():
                return True
            case ast.JoinedStr(values=nodes):
                return all(isinstance(part, ast.Constant) for part in nodes)
            case ast.List(elts=nodes) | ast.Tuple(elts=nodes) | ast.BoolOp(values=nodes):
                return all(map(self.is_safe, nodes))
            case ast.BinOp(left=left, right=right) | ast.IfExp(body=left, orelse=right):
                return self.is_safe(left) and self.is_safe(right)
            case ast.Starred(value=inner) | ast.NamedExpr(value=inner):
                return self.is_safe(inner)
            case ast.ListComp(elt=inner) | ast.GeneratorExp(elt=inner):
                return self.is_safe(inner)
            case ast.Call(func=ast.Attribute(value=ast.Call() as made)) if self.is_safe(made):
                return True  # a method of a Content returns a Content
            case ast.Call():
                return name_of(node) in SAFE_MAKERS | self.makers
            case ast.Name() | ast.Attribute() | ast.Subscript():
                return name_of(node).isupper() or self.is_bound_safely(name_of(node))
        return False

    def is_bound_safely(self, name: str) -> bool:
        """Whether all that the name is bound to is safe; a binding to itself adds nothing."""
        if name not in self.bindings:
            return self.module is not None and self.module.is_bound_safely(name)
        if name in self.asked:
            return True
        self.asked.add(name)
        bound = self.bindings[name]
        is_safe = all(one if isinstance(one, bool) else self.is_safe(one) for one in bound)
        self.asked.discard(name)
        return is_safe


def pairs_as_texts(node: ast.expr) -> ast.expr:
    """The texts of a Select's `(text, value)` pairs, in a literal or a comprehension."""
    match node:
        case ast.List(elts=pairs) | ast.Tuple(elts=pairs):
            return ast.Tuple([pair.elts[0] for pair in pairs if isinstance(pair, ast.Tuple)])
        case ast.ListComp(elt=ast.Tuple(elts=[text, *_])):
            return text
        case ast.GeneratorExp(elt=ast.Tuple(elts=[text, *_])):
            return text
    return node


def texts_of(call: ast.Call) -> Iterator[ast.expr]:
    """The arguments that a call would show."""
    name, arguments = name_of(call), call.args
    if name in ALL:
        yield from arguments
    if name in FIRST:
        yield from map(pairs_as_texts, arguments[:1]) if "elect" in name else arguments[:1]
    if name in OTHER:
        yield from arguments[OTHER[name] : OTHER[name] + 1]
    keywords = KEYWORDS if name in WORDED else ATTRIBUTES
    for keyword in call.keywords:
        is_clean = name_of(keyword.value) == "clean" and (name, keyword.arg) in CLEAN_IS_ENOUGH
        if keyword.arg in keywords and not is_clean:
            yield keyword.value


def has_markup_off(call: ast.Call) -> bool:
    """Whether the call says `markup=False`."""
    return any(
        word.arg == "markup" and ast.unparse(word.value) == "False" for word in call.keywords
    )


def fault_in(node: ast.AST, scope: Scope) -> str:
    """What is wrong with one node, or nothing."""
    name = name_of(node)
    match node:
        case ast.Call() if name == "escape":
            return "escape() does not make a text safe"
        case ast.Call(args=[ast.Call(), *_]) if name in OURS_ONLY:
            return f"{name}() reads what was made elsewhere"
        case ast.Call(args=[text, *_]) if name in OURS_ONLY and not scope.is_safe(text):
            return f"{name}() reads a str that is not a literal"
        case ast.Call() if not has_markup_off(node):
            if not all(map(scope.is_safe, texts_of(node))):
                return f"{name}() is given a str that may be read as markup"
        case ast.Assign(targets=targets, value=value):
            for attribute in ATTRIBUTES.intersection(map(name_of, targets)):
                if not scope.is_safe(value):
                    return f"{attribute} is given a str that may be read as markup"
        case ast.FunctionDef(name="render", returns=ast.expr() as returns):
            if "str" in map(name_of, ast.walk(returns)):
                return "render() gives a str, which is read as markup"
    return ""


def scoped(node: ast.AST, scope: Scope) -> Iterator[tuple[ast.AST, Scope]]:
    """Each node below this one, with the scope of the innermost function around it."""
    for child in ast.iter_child_nodes(node):
        yield child, scope
        is_function = isinstance(child, Function)
        yield from scoped(
            child, Scope(child, scope.makers, scope.module or scope) if is_function else scope
        )


def faults(sources: dict[str, str]) -> list[str]:
    """Every fault in these modules, as `name:line: what`."""
    trees = {name: ast.parse(source) for name, source in sources.items()}
    makers = makers_in(trees.values())
    return [
        f"{name}:{getattr(node, 'lineno', 0)}: {fault}"
        for name, tree in trees.items()
        for node, scope in scoped(tree, Scope(tree, makers, None))
        if (fault := fault_in(node, scope))
    ]


def read(folder: Path) -> dict[str, str]:
    """Read the modules below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.py"))
    }
