namespace HomeCare.Web.Demo;

/// <summary>Who is where: nobody is in two homes at once.</summary>
internal sealed class Diary(Days days)
{
    private readonly HashSet<(Guid Visitor, int Ago, int Slot)> taken = [];

    /// <summary>The first free time of the visitor on a day, from a wished one on; null when the day is full.</summary>
    public DateTimeOffset? Take(Actor visitor, int ago, int wished)
    {
        var round = Round.Of(visitor.Profession);
        for (var i = 0; i < round.Slots; i++)
        {
            var slot = (wished + i) % round.Slots;
            if (taken.Add((visitor.PersonId, ago, slot)))
            {
                return days.At(ago, round.Hour, round.Minute + (slot * round.Every));
            }
        }

        return null;
    }

    /// <summary>The visitor is not free that day: the visits of the day are told by hand.</summary>
    public void Close(Actor visitor, int ago)
    {
        for (var slot = 0; slot < Round.Of(visitor.Profession).Slots; slot++)
        {
            taken.Add((visitor.PersonId, ago, slot));
        }
    }

    /// <summary>The visitor is in a home at that time.</summary>
    public void Block(Actor visitor, DateTimeOffset start, int minutes)
    {
        var round = Round.Of(visitor.Profession);
        var ago = days.Today.DayNumber - JapanTime.DayOf(start).DayNumber;
        for (var slot = 0; slot < round.Slots; slot++)
        {
            var from = days.At(ago, round.Hour, round.Minute + (slot * round.Every));
            if (from < start.AddMinutes(minutes) && start < from.AddMinutes(round.Every))
            {
                taken.Add((visitor.PersonId, ago, slot));
            }
        }
    }

    /// <summary>The working day of a profession: when the first visit begins, how many there are and how many minutes apart.</summary>
    private readonly record struct Round(int Hour, int Minute, int Slots, int Every)
    {
        public static Round Of(Profession profession) => profession switch
        {
            Profession.Physician => new(13, 0, 12, 25),
            Profession.Pharmacist => new(13, 30, 8, 35),
            Profession.CareManager => new(10, 0, 8, 50),
            Profession.Helper => new(8, 0, 9, 60),
            _ => new(9, 0, 7, 70),
        };
    }
}
