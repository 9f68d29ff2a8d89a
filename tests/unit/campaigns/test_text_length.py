import pytest

from campaigns.text_length import COUNTING_RULES, lengths, text_length


@pytest.mark.parametrize(
    ("text", "characters", "words", "without_punctuation"),
    [
        ("", 0, 0, 0),
        ("亮点工作", 4, 4, 4),
        ("检查企业，整改到位。", 10, 10, 8),
        ("检查 企业\n\u3000整改", 6, 6, 6),
        ("检查企业120家", 8, 6, 8),
        ("罚款12.5万元（3次）", 12, 9, 9),
        ("完成率98.5%。", 9, 5, 6),
        ("GB/T 9704标准", 10, 4, 9),
        ("“双随机”执法", 7, 7, 5),
        ("１２家", 3, 3, 3),  # full-width digits stand like Chinese characters
    ],
)
def test_a_text_is_as_long_as_the_rule_says(text: str, characters: int, words: int, without_punctuation: int) -> None:
    assert lengths(text) == {
        "characters": characters,
        "words": words,
        "without_punctuation": without_punctuation,
    }


def test_an_unknown_rule_is_an_error() -> None:
    assert list(COUNTING_RULES) == ["characters", "words", "without_punctuation"]
    with pytest.raises(KeyError):
        text_length("略", "bytes")
