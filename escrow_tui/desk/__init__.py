"""The one door between what people do and what the market keeps."""
