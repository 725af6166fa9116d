"""What must stay as it is, character by character."""

import pytest

from search.vietnamese.encodings import repair

SOUND = {
    "Vietnamese": "Đà Nẵng, Huế: “Hoà bình”, thuở ấy – ông Nguyễn Văn Ân có lý do… 25 °C, 5 µm, ½ giờ, 10 m², § 5, «ô»",
    "Vietnamese of Latin-1 alone": "có là và thì bà ông tôi cô hôm nào mà xã nông thôn không có gì, lá cá và hoa hòa",
    "Vietnamese, decomposed": "Tru\u031bo\u031b\u0300ng Chi\u0301nh tri\u0323 Vie\u0323\u0302t Nam",
    "Vietnamese in capitals": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM – ĐỘC LẬP – TỰ DO – HẠNH PHÚC",
    "names": "Müller, François, Đà Nẵng, Đắk Lắk, Søren Kierkegaard, Björk Guðmundsdóttir, Dvořák, Łódź, Curaçao",
    "French": "Où étiez-vous né ? À l’île, très tôt, le maïs mûr a dû être coupé ; « là-bas » Noël, cœur, ça, thé, dé.",
    "German": "Größe, Fußgängerübergänge, für über Tür Bär Köln schön, daß Öl, Ärger, Übung, Straße, süß, möglich.",
    "Portuguese": "Não há ação nem coração: pão, mãe, avô, avó, só, pé, três, português, à, às, órgão, Guimarães.",
    "Spanish": "¿Qué? ¡Sí! Tú, él, té, más, año, mañana, niño, corazón, día, país, así, también, Ñandú, pingüino.",
    "Italian": "Perché così? Città, più, già, è, è già, lunedì, può, virtù, caffè, là, sì, né, tè.",
    "Swedish and Danish": "På ön är det så: höst, får, å, ä, ö, smør, rød grød, København, hæ, gå, blå, tør, dør.",
    "Icelandic": "Það er gott að vera hér, Þór og Ásdís á Íslandi, ný bók, sól, brú, tún, mý.",
    "Catalan": "L’àvia de la Núria és al col·legi, però no té raó; això és així, cal·ligrafia.",
    "Turkish": "Türkiye’de güzel bir gün; çok şey öğrendim, ığüşöç İstanbul, dün, tüm, hür.",
    "Polish and Czech": "Zażółć gęślą jaźń. Příliš žluťoučký kůň úpěl ďábelské ódy.",
    "English": "It’s a “naïve” café – résumé… £5, €10, ¥100, ©2020 Brand®, 10°, ±5%, 3×4, 8÷2, ½ cup, Ã is A.",
    "English read as Latin-1": "It\x92s a \x93quote\x94 \x96 and so on\x85",
    "addresses": "https://example.vn/tin-tức/§éi?q=cña&p=thñ www.trường.vn §éi.thñ@example.vn /tệp/®µo_t¹o.pdf",
    "code": 'if (a[i] != "é" && b << 2) { print("ö", f(x)["ñ"]); } // « ü » … s = "\\xe9"; µ = σ²; ¬p ∨ q; x¹²³; ¶',
    "mathematics": "5 × 3 ÷ 2 = 7½ ± ¼, 10 µm · 3 Å, x² + y³ ≠ z¹, 90°, ¬a, ª º",
    "Greek, Russian, Chinese, emoji": "Αθήνα Москва 北京 한국 ไทย 🎉 العربية",
    "phonetics": "/vjɛtˀ˧˨ʔ naːm˧/, [ð], [ø], [æ], [œ], [ç], [ɲ], /ñ/ þ",
    "nothing": "",
    "spaces": " \u00a0\t\n",
}


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_it_stays(text):
    assert repair(text) == (text, None, 1.0)


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_each_of_its_words_stays_alone(text):
    for word in text.split():
        assert repair(word).text == word


def test_all_of_it_together_stays():
    text = "\n".join(SOUND.values())
    assert repair(text).text == text


def test_it_stays_between_lines_of_vietnamese():
    text = "\n".join(line for sound in SOUND.values() for line in (SOUND["Vietnamese"], sound))
    assert repair(text).text == text
