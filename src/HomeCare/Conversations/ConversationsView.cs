using System.Text.Json;
using HomeCare.EventStore;

namespace HomeCare.Conversations;

/// <summary>Conversations with their posts, whom these mention, and who has read how far.</summary>
public sealed class ConversationsView : IView
{
    /// <inheritdoc/>
    public string Name => "conversations";

    /// <inheritdoc/>
    public int Revision => 1;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["conversations", "conversation_posts", "conversation_reads"];

    /// <inheritdoc/>
    public string Ddl =>
        """
        create table conversations (tenant_id text not null, conversation_id uuid not null, patient_id uuid not null, topic text not null, posts int not null,
            last_sequence bigint not null, primary key (tenant_id, conversation_id));
        create index conversations_of_patient on conversations (tenant_id, patient_id, last_sequence desc);
        create table conversation_posts (tenant_id text not null, conversation_id uuid not null, number int not null, author_id uuid not null, author_name text not null,
            profession text not null, organisation text, text text not null, mentions jsonb not null, mentioned uuid[] not null, trades text[] not null,
            answer jsonb, written_at timestamptz not null, primary key (tenant_id, conversation_id, number));
        create table conversation_reads (tenant_id text not null, conversation_id uuid not null, person_id uuid not null, name text not null,
            profession text not null, up_to int not null, read_at timestamptz not null, primary key (tenant_id, conversation_id, person_id));
        """;

    /// <inheritdoc/>
    public void Project(StoredEvent e, ViewBatch batch)
    {
        var author = Author.Of(e);
        switch (e.Data)
        {
            case PostWritten p:
                batch.Add(
                    """
                    insert into conversations values ($1, $2, $3, $4, $5, $6)
                    on conflict (tenant_id, conversation_id) do update set posts = excluded.posts, last_sequence = excluded.last_sequence
                    """,
                    e.TenantId, p.ConversationId, p.PatientId, p.Topic, p.Number, e.Sequence);
                batch.Add("insert into conversation_posts values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11, $12::jsonb, $13)",
                    e.TenantId, p.ConversationId, p.Number, author.PersonId, author.Name, author.Profession.ToString(), author.OrganisationName, p.Text,
                    JsonSerializer.Serialize(p.Mentions, Json.Options), p.Mentions.Where(m => m.PersonId is not null).Select(m => m.PersonId!.Value).ToArray(),
                    p.Mentions.Where(m => m.PersonId is null).Select(m => m.Profession.ToString()).ToArray(),
                    p.Answer is null ? null : JsonSerializer.Serialize(p.Answer, Json.Options), e.RecordedAt);
                break;
            case ConversationRead r:
                batch.Add(
                    """
                    insert into conversation_reads values ($1, $2, $3, $4, $5, $6, $7)
                    on conflict (tenant_id, conversation_id, person_id) do update set up_to = excluded.up_to, read_at = excluded.read_at, name = excluded.name
                    """,
                    e.TenantId, r.ConversationId, r.ReaderId, author.Name, author.Profession.ToString(), r.UpTo, e.RecordedAt);
                break;
        }
    }
}
