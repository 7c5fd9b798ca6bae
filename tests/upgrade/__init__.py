"""The version before beside this one: the commit that `previous` names."""
