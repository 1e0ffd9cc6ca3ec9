using System.Text.Json;
using Npgsql;

namespace HomeCare.Web.Board;

/// <summary>A way to look at the board that somebody keeps under a name.</summary>
/// <param name="Name">As its owner calls it, at most <see cref="BoardViews.LongestName"/> characters.</param>
/// <param name="Order">In which order.</param>
/// <param name="Grouping">In which groups.</param>
/// <param name="Filter">Which rows.</param>
/// <param name="Query">Part of a name; null: any.</param>
public sealed record BoardView(string Name, BoardOrder Order, BoardGrouping Grouping, BoardFilter Filter, string? Query)
{
    /// <summary>Whether a board is looked at in this way.</summary>
    public bool Is(BoardList list) => Order == list.Order && Grouping == list.Grouping && Filter == list.Filter && (Query ?? "") == (list.Query?.Trim() ?? "");
}

/// <summary>Keeps each person's own views of the board. Not care itself, so they are kept beside the log (ADR 5); nobody reads another's.</summary>
public sealed class BoardViews(NpgsqlDataSource database)
{
    /// <summary>The most that one person keeps.</summary>
    public const int Most = 12;

    /// <summary>Characters of a name.</summary>
    public const int LongestName = 30;

    /// <summary>Makes the table if it is not there.</summary>
    public async Task MigrateAsync(CancellationToken ct = default)
    {
        await using var command = database.CreateCommand(
            """
            create table if not exists board_views (tenant_id text not null, person_id uuid not null, name text not null, view jsonb not null, kept_at timestamptz not null default now(),
                primary key (tenant_id, person_id, name))
            """);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>A person's views, the oldest first.</summary>
    public async Task<IReadOnlyList<BoardView>> OfAsync(Actor by, CancellationToken ct = default)
    {
        await using var command = Command("select view from board_views where tenant_id = $1 and person_id = $2 order by kept_at, name", by);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var views = new List<BoardView>();
        while (await reader.ReadAsync(ct))
        {
            views.Add(JsonSerializer.Deserialize<BoardView>(reader.GetString(0), Json.Options)!);
        }

        return views;
    }

    /// <summary>Keeps a view; one of the same name is replaced.</summary>
    /// <returns>Why not, as a key, or null.</returns>
    public async Task<string?> KeepAsync(Actor by, BoardView view, CancellationToken ct = default)
    {
        if (string.IsNullOrWhiteSpace(view.Name) || view.Name.Length > LongestName)
        {
            return "board.views.name_wrong";
        }

        await using var command = Command(
            $"""
            insert into board_views (tenant_id, person_id, name, view)
            select $1, $2, $3, $4::jsonb where (select count(*) from board_views where tenant_id = $1 and person_id = $2 and name <> $3) < {Most}
            on conflict (tenant_id, person_id, name) do update set view = excluded.view
            """, by, view.Name, JsonSerializer.Serialize(view, Json.Options));
        return await command.ExecuteNonQueryAsync(ct) == 0 ? "board.views.too_many" : null;
    }

    /// <summary>Keeps a view no longer.</summary>
    public async Task ForgetAsync(Actor by, string name, CancellationToken ct = default)
    {
        await using var command = Command("delete from board_views where tenant_id = $1 and person_id = $2 and name = $3", by, name);
        await command.ExecuteNonQueryAsync(ct);
    }

    private NpgsqlCommand Command(string sql, Actor by, params ReadOnlySpan<object> more)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in (object[])[by.TenantId, by.PersonId, .. more])
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }
}
