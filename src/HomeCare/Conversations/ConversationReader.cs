using HomeCare.Instructions;
using Npgsql;

namespace HomeCare.Conversations;

/// <summary>A conversation as a list shows it to one reader.</summary>
/// <param name="ConversationId">Which.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="PatientName">By name.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Posts">How many posts.</param>
/// <param name="LastText">The last post.</param>
/// <param name="LastAuthor">By whom.</param>
/// <param name="LastAt">When.</param>
/// <param name="Unread">Posts by others that the reader has not read.</param>
/// <param name="OpenAnswers">Answers that are still needed, of whomever.</param>
/// <param name="WaitsForMe">A post that mentions the reader or the reader's profession is unread, or an answer waits for the reader.</param>
/// <param name="AnswerIsMine">An answer waits for the reader: to be given, or to be seen to.</param>
public sealed record ConversationLine(
    Guid ConversationId, Guid PatientId, string PatientName, string Topic, int Posts, string LastText, string LastAuthor, DateTimeOffset LastAt, int Unread, int OpenAnswers, bool WaitsForMe,
    bool AnswerIsMine);

/// <summary>A post.</summary>
/// <param name="Number">From 1.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="AuthorName">By name at the time.</param>
/// <param name="Profession">Under which profession.</param>
/// <param name="Organisation">For which organisation.</param>
/// <param name="Text">In words.</param>
/// <param name="Mentions">Whom it is addressed to.</param>
/// <param name="Answer">The answer needed; null: for information.</param>
/// <param name="WrittenAt">When.</param>
/// <param name="Requests">The requests for an answer as they stand, one for each whom it mentions; none where it is for information.</param>
public sealed record ConversationPost(
    int Number, Guid AuthorId, string AuthorName, Profession Profession, string? Organisation, string Text, IReadOnlyList<Mention> Mentions, AnswerNeeded? Answer,
    DateTimeOffset WrittenAt, IReadOnlyList<InstructionCard> Requests);

/// <summary>Somebody who has read a conversation, up to a post.</summary>
public sealed record ConversationReaderMark(Guid PersonId, string Name, Profession Profession, int UpTo, DateTimeOffset At);

/// <summary>A conversation with everything that was said.</summary>
/// <param name="Line">As lists show it.</param>
/// <param name="Posts">Oldest first.</param>
/// <param name="Readers">Who has read how far.</param>
/// <param name="Left">Those whom posts mention by name and who belong to the care team no longer.</param>
public sealed record ConversationCard(ConversationLine Line, IReadOnlyList<ConversationPost> Posts, IReadOnlyList<ConversationReaderMark> Readers, IReadOnlySet<Guid> Left);

/// <summary>Reads conversations for somebody of the care team who may see them; for the person and relatives there are none.</summary>
public sealed class ConversationReader(NpgsqlDataSource database, Access access, InstructionReader instructions, TimeProvider time)
{
    /// <summary>The most conversations a list shows.</summary>
    public const int Most = 200;

    private static readonly string LineSql =
        $"""
        select c.conversation_id, c.patient_id, p.name, c.topic, c.posts, l.text, l.author_name, l.written_at,
            (select count(*)::int from conversation_posts q where q.tenant_id = c.tenant_id and q.conversation_id = c.conversation_id and q.author_id <> $2
                and q.number > {ReadUpToSql("c", "$2")}),
            (select count(*)::int from instructions i where {RequestOfSql("i", "c")} and i.status = 'Issued'),
            {WaitsSql("c", "$2", "$3")}, {AnswerIsMineSql("c", "$2", "$3")}
        from conversations c join patients p on p.tenant_id = c.tenant_id and p.patient_id = c.patient_id
        join conversation_posts l on l.tenant_id = c.tenant_id and l.conversation_id = c.conversation_id and l.number = c.posts
        where c.tenant_id = $1
        """;

    /// <summary>Whether a conversation waits for a reader, as SQL over its row: an unread post mentions the person or the profession, or an answer waits to be
    /// given or seen to.</summary>
    /// <param name="row">Alias of the row of <c>conversations</c>.</param>
    /// <param name="person">Parameter holding the person.</param>
    /// <param name="trades">Parameter holding the professions by which the person is addressed (<see cref="Trades"/>).</param>
    internal static string WaitsSql(string row, string person, string trades) =>
        $"""
        (exists (select 1 from conversation_posts q where q.tenant_id = {row}.tenant_id and q.conversation_id = {row}.conversation_id and q.author_id <> {person}
                and q.number > {ReadUpToSql(row, person)} and ({person} = any(q.mentioned) or q.trades && {trades}))
            or {AnswerIsMineSql(row, person, trades)})
        """;

    private static string AnswerIsMineSql(string row, string person, string trades) =>
        $"""
        exists (select 1 from instructions i where {RequestOfSql("i", row)} and (i.escalated_to = {person}
            or (i.status = 'Issued' and i.issuer_id <> {person} and (i.addressee_person = {person} or i.addressee_profession = any({trades}) or {person} = any(i.asked)))
            or (i.status = 'Completed' and i.issuer_id = {person})))
        """;

    /// <summary>The professions by which one of a profession is addressed.</summary>
    internal static string[] Trades(Profession profession) =>
        [.. Enum.GetValues<Profession>().Where(addressed => InstructionTakers.SameTrade(addressed, profession)).Select(p => p.ToString())];

    /// <summary>A person's conversations, those that wait for the reader first, then the last written to. Null when the reader may not see them.</summary>
    public async Task<IReadOnlyList<ConversationLine>?> OfPatientAsync(Actor by, Guid patientId, CancellationToken ct = default) =>
        !await MaySeeAsync(by, patientId, ct) ? null : [.. (await Query.RowsAsync(database,
            $"{LineSql} and c.patient_id = $4 order by c.last_sequence desc limit {Most}", ReadLine, ct, by.TenantId, by.PersonId, Trades(by.Profession), patientId))
            .OrderByDescending(l => l.WaitsForMe)];

    /// <summary>Conversations about anybody that wait for the reader, the last written to first.</summary>
    public async Task<IReadOnlyList<ConversationLine>> WaitingAsync(Actor by, CancellationToken ct = default) =>
        !Permissions.SeesTeamOnly(by.Profession) || !await access.BelongsAsync(by, ct) ? [] : await Query.RowsAsync(database,
            $"{LineSql} and {WaitsSql("c", "$2", "$3")} and {Access.RelatedSql("c", "$2", "$4", "$5")} order by c.last_sequence desc limit {Most}",
            ReadLine, ct, by.TenantId, by.PersonId, Trades(by.Profession), Sql.Nullable(by.OrganisationId), Sql.Instant(time.GetUtcNow()));

    /// <summary>How many conversations about one person wait for the reader; 0 when the reader may not see them.</summary>
    public async Task<int> WaitingAboutAsync(Actor by, Guid patientId, CancellationToken ct = default) =>
        !await MaySeeAsync(by, patientId, ct) ? 0 : (await Query.RowsAsync(database,
            $"select count(*)::int from conversations c where c.tenant_id = $1 and c.patient_id = $4 and {WaitsSql("c", "$2", "$3")}",
            r => r.GetInt32(0), ct, by.TenantId, by.PersonId, Trades(by.Profession), patientId))[0];

    /// <summary>One conversation. Null when the reader may not see it, or there is none.</summary>
    public async Task<ConversationCard?> OneAsync(Actor by, Guid patientId, Guid conversationId, CancellationToken ct = default)
    {
        if (!await MaySeeAsync(by, patientId, ct) || await Query.RowsAsync(database, LineSql + " and c.patient_id = $4 and c.conversation_id = $5",
            ReadLine, ct, by.TenantId, by.PersonId, Trades(by.Profession), patientId, conversationId) is not [var line])
        {
            return null;
        }

        var requests = (await Query.RowsAsync(database,
            "select i.instruction_id, (i.terms -> 'conversation' ->> 'number')::int from instructions i join conversations c on c.tenant_id = $1 and c.conversation_id = $2 "
            + $"where i.tenant_id = $1 and i.terms -> 'conversation' is not null and i.patient_id = c.patient_id and i.terms -> 'conversation' ->> 'conversationId' = $2::text",
            r => (Id: r.GetGuid(0), Number: r.GetInt32(1)), ct, by.TenantId, conversationId)).ToDictionary(r => r.Id, r => r.Number);
        var asked = requests.Count == 0 ? [] : await instructions.SomeAsync(by, patientId, requests.Keys, ct) ?? [];
        var cards = asked.ToLookup(c => requests[c.InstructionId]);
        var posts = await Query.RowsAsync(database,
            """
            select number, author_id, author_name, profession, organisation, text, mentions, answer, written_at from conversation_posts
            where tenant_id = $1 and conversation_id = $2 order by number
            """,
            r => new ConversationPost(r.GetInt32(0), r.GetGuid(1), r.GetString(2), Query.Choice<Profession>(r, 3), Sql.Text(r, 4), r.GetString(5),
                Query.FromJson<List<Mention>>(r, 6)!, Query.FromJson<AnswerNeeded>(r, 7), Sql.Instant(r, 8), []),
            ct, by.TenantId, conversationId);
        var readers = await Query.RowsAsync(database,
            "select person_id, name, profession, up_to, read_at from conversation_reads where tenant_id = $1 and conversation_id = $2 order by read_at",
            r => new ConversationReaderMark(r.GetGuid(0), r.GetString(1), Query.Choice<Profession>(r, 2), r.GetInt32(3), Sql.Instant(r, 4)), ct, by.TenantId, conversationId);
        var named = posts.SelectMany(p => p.Mentions).Select(m => m.PersonId).OfType<Guid>().ToHashSet();
        var team = (await StandingReader.OfAsync(database, by.TenantId, [patientId], time.GetUtcNow(), ct)).GetValueOrDefault(patientId, Standing.Nobody);
        return new ConversationCard(line, [.. posts.Select(p => p with { Requests = [.. cards[p.Number]] })], readers, named.Where(id => team.Person(id) is null).ToHashSet());
    }

    private async Task<bool> MaySeeAsync(Actor by, Guid patientId, CancellationToken ct) =>
        Permissions.SeesTeamOnly(by.Profession) && await access.MaySeeAsync(by, patientId, ct);

    private static string ReadUpToSql(string row, string person) =>
        $"coalesce((select r.up_to from conversation_reads r where r.tenant_id = {row}.tenant_id and r.conversation_id = {row}.conversation_id and r.person_id = {person}), 0)";

    private static string RequestOfSql(string request, string row) =>
        $"""
        {request}.tenant_id = {row}.tenant_id and {request}.patient_id = {row}.patient_id and {request}.status <> 'Closed' and {request}.kind = 'Consultation'
            and {request}.terms -> 'conversation' ->> 'conversationId' = {row}.conversation_id::text
        """;

    private static ConversationLine ReadLine(NpgsqlDataReader r) => new(
        r.GetGuid(0), r.GetGuid(1), r.GetString(2), r.GetString(3), r.GetInt32(4), r.GetString(5), r.GetString(6), Sql.Instant(r, 7), r.GetInt32(8), r.GetInt32(9), r.GetBoolean(10), r.GetBoolean(11));
}
