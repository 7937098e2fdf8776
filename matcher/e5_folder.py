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

_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDING = {
    "word": "word_embeddings.weight",
    "pos": "position_embeddings.weight",
    "type": "token_type_embeddings.weight",
    "ln.w": "LayerNorm.weight",
    "ln.b": "LayerNorm.bias",
}


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
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    def any_of(replacement: str) -> Regex:
        return Regex(
            "[" + "".join(f"\\x{{{ord(c):x}}}" for c, to in model.normaliser.items() if to == replacement) + "]"
        )

    built = Tokenizer(models.Unigram(model.pieces, unk_id=model.specials["unk"], byte_fallback=False))
    # What the table neither drops nor turns into a space, it maps as NFKC does.
    built.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(any_of(""), ""),
            normalizers.Replace(any_of(" "), " "),
            normalizers.NFKC(),
            normalizers.Strip(left=False, right=True),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    built.pre_tokenizer = pre_tokenizers.Metaspace()
    built.decoder = decoders.Metaspace()
    begin, end = model.specials["bos"], model.specials["eos"]
    built.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", begin), ("</s>", end)]
    )
    built.add_special_tokens(
        [AddedToken(name, normalized=False, special=True) for name in ("<s>", "<pad>", "</s>", "<unk>")]
        + [AddedToken("<mask>", lstrip=True, normalized=False, special=True)]
    )
    return built


def _configuration(model: PackedModel) -> dict[str, Any]:
    """File name -> content."""
    sizes, modules = model.sizes, "sentence_transformers"
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": sizes["hidden"],
            "num_hidden_layers": sizes["layers"],
            "num_attention_heads": sizes["heads"],
            "intermediate_size": sizes["feed_forward"],
            "vocab_size": sizes["vocabulary"],
            "max_position_embeddings": sizes["positions"],
            "type_vocab_size": sizes["types"],
            "layer_norm_eps": 1e-12,
            "hidden_act": "gelu",
            "pad_token_id": model.specials["pad"],
            "bos_token_id": model.specials["bos"],
            "eos_token_id": model.specials["eos"],
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": sizes["positions"],
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "unk_token": "<unk>",
            "pad_token": "<pad>",
            "mask_token": "<mask>",
            "model_input_names": ["input_ids", "attention_mask"],
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{modules}.base.modules.transformer.Transformer"},
            {
                "idx": 1,
                "name": "1",
                "path": "1_Pooling",
                "type": f"{modules}.sentence_transformer.modules.pooling.Pooling",
            },
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{modules}.base.modules.normalize.Normalize"},
        ],
        "sentence_bert_config.json": {"transformer_task": "feature-extraction"},
        "1_Pooling/config.json": {"embedding_dimension": sizes["hidden"], "pooling_mode": "mean"},
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": {"query": "query: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
