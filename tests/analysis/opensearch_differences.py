"""What OpenSearch 3 is known to answer otherwise than Elasticsearch 9."""


def without_positions(answer):
    return [token[:3] + token[4:] for token in answer.get("tokens", [])]


def explained(body, node, sluice):
    """Why they differ; None: nobody knows."""
    if "error" in node and "error" in sluice:
        return "errors are worded otherwise"
    if "[serbian]" in str(node.get("error")):
        return "there is no analyzer [serbian]"
    if "error" in node or "error" in sluice or without_positions(node) != without_positions(sluice):
        return None
    if isinstance(body["text"], list):
        return "the values of an array follow each other without a gap where the analyzer is its own"
    if any(name == "unique" or (isinstance(name, dict) and name["type"] == "unique") for name in body.get("filter", [])):
        return "words that unique drops leave no holes"
    return None
