"""Writes a packed multilingual-e5-small as a folder that sentence-transformers loads like any other. No torch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from matcher.e5_file import PackedModel

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from tokenizers.normalizers import Normalizer

_PARTS = {
    "attention.self": {"q": "query", "k": "key", "v": "value"},
    "attention.output": {"ao": "dense", "aln": "LayerNorm"},
    "intermediate": {"fi": "dense"},
    "output": {"fo": "dense", "oln": "LayerNorm"},
}
"""Parts of an encoder layer in BERT's words -> the file's short names and the modules they stand for."""
_LAYER = {short: f"{part}.{module}" for part, modules in _PARTS.items() for short, module in modules.items()}
_EMBEDDING = {
    "word": "word_embeddings.weight",
    "pos": "position_embeddings.weight",
    "type": "token_type_embeddings.weight",
    "ln.w": "LayerNorm.weight",
    "ln.b": "LayerNorm.bias",
}
_TOKENS = {"bos": "<s>", "cls": "<s>", "pad": "<pad>", "eos": "</s>", "sep": "</s>", "unk": "<unk>", "mask": "<mask>"}
"""The special tokens by what they are for."""


def write_folder(model: PackedModel, folder: Path) -> None:
    """Write weights, tokenizer and configuration as sentence-transformers reads them."""
    from safetensors.numpy import save_file

    save_file(dict(_weights(model)), folder / "model.safetensors", metadata={"format": "pt"})
    tokenizer(model).save(str(folder / "tokenizer.json"), pretty=False)
    for name, content in _configuration(model).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=1), encoding="utf-8")


def _weights(model: PackedModel) -> Iterator[tuple[str, NDArray[np.float32]]]:
    hidden, wide = model.sizes["hidden"], model.sizes["feed_forward"]
    inputs = {"fo": wide}
    for name, flat in model.tensors.items():
        head, _, rest = name.partition(".")
        if head == "emb":
            key, matrix = f"embeddings.{_EMBEDDING[rest]}", not rest.startswith("ln")
            yield key, flat.reshape(-1, hidden) if matrix else flat
        else:
            part, kind = rest.split(".")
            key = f"encoder.layer.{head[1:]}.{_LAYER[part]}.{'weight' if kind == 'w' else 'bias'}"
            matrix = kind == "w" and not part.endswith("ln")
            yield key, flat.reshape(-1, inputs.get(part, hidden)) if matrix else flat
    # The pooler is not used and not in the file; without it the loader warns of missing weights.
    yield "pooler.dense.weight", np.zeros((hidden, hidden), np.float32)
    yield "pooler.dense.bias", np.zeros(hidden, np.float32)


def tokenizer(model: PackedModel) -> Tokenizer:
    """The tokenizer of the packed vocabulary, its normaliser rebuilt from the file's own table."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors

    built = Tokenizer(models.Unigram(model.pieces, unk_id=model.specials["unk"], byte_fallback=False))
    built.normalizer = _normaliser(model)
    built.pre_tokenizer = pre_tokenizers.Metaspace()
    built.decoder = decoders.Metaspace()
    begin, end = _TOKENS["bos"], _TOKENS["eos"]
    built.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} {end} $B {end}",
        special_tokens=[(begin, model.specials["bos"]), (end, model.specials["eos"])],
    )
    built.add_special_tokens(
        # A mask takes the space before it along; the others stand for themselves.
        [
            AddedToken(token, lstrip=token == _TOKENS["mask"], normalized=False, special=True)
            for token in dict.fromkeys(_TOKENS.values())
        ]
    )
    return built


def _normaliser(model: PackedModel) -> Normalizer:
    from tokenizers import Regex
    from tokenizers.normalizers import NFKC, Replace, Sequence, Strip

    def all_that_become(replacement: str) -> Regex:
        points = (ord(character) for character, new in model.normaliser.items() if new == replacement)
        return Regex("[" + "".join(f"\\x{{{point:x}}}" for point in points) + "]")

    dropped, spaces = (Replace(all_that_become(new), new) for new in ("", " "))
    # What the table neither drops nor turns into a space, it maps as NFKC does.
    return Sequence([dropped, spaces, NFKC(), Strip(left=False, right=True), Replace(Regex(" {2,}"), " ")])


def _configuration(model: PackedModel) -> dict[str, Any]:
    """File name -> content."""
    return {
        "config.json": _network(model),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": model.sizes["positions"],
            "model_input_names": ["input_ids", "attention_mask"],
            **{f"{purpose}_token": token for purpose, token in _TOKENS.items()},
        },
        "modules.json": _steps(),
        "sentence_bert_config.json": {"transformer_task": "feature-extraction"},
        "1_Pooling/config.json": {"embedding_dimension": model.sizes["hidden"], "pooling_mode": "mean"},
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "similarity_fn_name": "cosine",
            "default_prompt_name": None,
            "prompts": {"query": "query: ", "document": "passage: "},
        },
    }


def _network(model: PackedModel) -> dict[str, Any]:
    """The network as transformers describes a BERT."""
    sizes, specials = model.sizes, model.specials
    return {
        "model_type": "bert",
        "architectures": ["BertModel"],
        "dtype": "float32",
        "hidden_act": "gelu",
        "layer_norm_eps": model.epsilon,
        "hidden_size": sizes["hidden"],
        "intermediate_size": sizes["feed_forward"],
        "num_hidden_layers": sizes["layers"],
        "num_attention_heads": sizes["heads"],
        "max_position_embeddings": sizes["positions"],
        "type_vocab_size": sizes["types"],
        "vocab_size": sizes["vocabulary"],
        **{f"{purpose}_token_id": specials[purpose] for purpose in ("pad", "bos", "eos")},
    }


def _steps() -> list[dict[str, Any]]:
    """What sentence-transformers does with a text, each step with the folder of its settings."""
    steps = (
        ("", "base.modules.transformer.Transformer"),
        ("1_Pooling", "sentence_transformer.modules.pooling.Pooling"),
        ("2_Normalize", "base.modules.normalize.Normalize"),
    )
    return [
        {"idx": number, "name": str(number), "path": folder, "type": f"sentence_transformers.{name}"}
        for number, (folder, name) in enumerate(steps)
    ]
