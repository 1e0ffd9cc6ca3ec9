namespace HomeCare.Web.Words;

/// <summary>Words of the instruction ledger, the rotas and what is asked of whom.</summary>
public sealed class LedgerWords;
