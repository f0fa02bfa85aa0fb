"""Every kind of goods and every scene, by the name that files use."""

from escrow_tui.pictures import art_home, art_scenes, art_tech, art_wear
from escrow_tui.pictures.drawing import GoodsKind, Scene

KINDS: dict[str, GoodsKind] = {
    "backpack": art_wear.BACKPACK,
    "camera": art_tech.CAMERA,
    "dress": art_wear.DRESS,
    "handbag": art_wear.HANDBAG,
    "headphones": art_tech.HEADPHONES,
    "keyboard": art_tech.KEYBOARD,
    "lamp": art_home.LAMP,
    "mug": art_home.MUG,
    "phone_case": art_tech.PHONE_CASE,
    "sneaker": art_wear.SNEAKER,
    "sunglasses": art_wear.SUNGLASSES,
    "teapot": art_home.TEAPOT,
    "toy_robot": art_tech.TOY_ROBOT,
    "umbrella": art_home.UMBRELLA,
    "vase": art_home.VASE,
    "watch": art_wear.WATCH,
}

SCENES: dict[str, Scene] = {
    "chat_screenshot": art_scenes.CHAT_SCREENSHOT,
    "packed_box": art_scenes.PACKED_BOX,
    "parcel_label": art_scenes.PARCEL_LABEL,
    "receipt": art_scenes.RECEIPT,
    "scale": art_scenes.SCALE,
    "tracking_screenshot": art_scenes.TRACKING_SCREENSHOT,
}
