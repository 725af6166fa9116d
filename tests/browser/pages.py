"""One address of every page type of the demo site, and of the lists that stand in no page tree."""

PAGES = {
    "home": "/",
    "section": "/tin-tuc/",
    "article": "/tin-tuc/tin-hoat-dong/hoi-thao-truyen-thong-cum-thi-dua-lan-ix/",
    "standing page": "/gioi-thieu/",
    "calendar": "/su-kien/?month=2023-11",
    "event": "/su-kien/hoi-nghi-tong-ket-cum-2023/",
    "schools": "/schools/",
    "schools by cluster": "/schools/?by=cluster",
    "school": "/van-son/",
    "cluster": "/cum-thi-dua/",
    "year of a cluster": "/cum-thi-dua/2023/",
    "people": "/can-bo-giang-vien/",
    "person": "/can-bo-giang-vien/luong-thi-bich-dao/",
    "register": "/van-ban/",
    "document": "/van-ban/452-kh-ctd/",
    "tag": "/tags/cụm-thi-đua/",
    "archive": "/archive/",
    "year": "/archive/2024/",
    "month": "/archive/2024/11/",
    "search": "/search/?q=hoi+nghi",
    "search of a kind": "/search/?q=hoij+nghij&type=article&date_from=2022-01-01",
    "nothing found": "/search/?q=zzzqqq",
    "bad question": "/search/?q=a&date_from=2023-02-31",
    "missing": "/khong-co-trang-nay/",
}
FAILING = {"bad question": 400, "missing": 404}  # those that answer with a fault of the reader's
