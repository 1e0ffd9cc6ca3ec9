using FluentValidation;

namespace HomeCare.Medicines;

/// <summary>Record a medicine as prescribed.</summary>
/// <param name="MedicineId">Chosen by the sender.</param>
/// <param name="PatientId">Who takes it.</param>
/// <param name="Prescription">As written.</param>
/// <param name="Source">Where it came from, if from another system.</param>
public sealed record RecordMedicine(Guid MedicineId, Guid PatientId, Prescription Prescription, SourceIdentifier? Source = null) : ICommand<Medicine>
{
    string ICommand<Medicine>.Stream => Medicine.StreamOf(MedicineId);

    /// <inheritdoc/>
    public Guid? PatientOf(Medicine state) => state.Recorded?.PatientId ?? PatientId;

    /// <inheritdoc/>
    public Decision Decide(Medicine state, Situation situation) => state.Recorded switch
    {
        null => Decision.Accept(new MedicineRecorded(MedicineId, PatientId, Prescription, Source)),
        var same when Json.Same(same.Prescription, Prescription) && same.PatientId == PatientId => Decision.AlreadySo,
        { Source: { } source } when source == Source && state.Recorded.PatientId == PatientId =>
            Decision.Accept(new MedicineRecorded(MedicineId, PatientId, Prescription, Source)),
        _ => Decision.Refuse("medicine.already_recorded"),
    };

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<RecordMedicine>
    {
        /// <summary>A later first day is a typing error, and its last day may not be countable.</summary>
        private static readonly DateOnly Latest = new(2200, 1, 1);

        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.MedicineId).NotEmpty();
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Prescription).NotNull();
            RuleFor(c => c.Prescription).ChildRules(p =>
            {
                p.RuleFor(x => x.Name).NotEmpty().MaximumLength(200);
                p.RuleFor(x => x.Codes).Must(c => c is null || c.Count <= 10).WithErrorCode("field.too_many");
                p.RuleForEach(x => x.Codes).NotNull().SetValidator(new Code.Rules());
                p.RuleFor(x => x.Dosage).MaximumLength(500);
                p.RuleFor(x => x.Route).MaximumLength(50);
                p.RuleFor(x => x.StartOn).GreaterThan(new DateOnly(1950, 1, 1)).WithErrorCode("time.too_early");
                p.RuleFor(x => x.StartOn).LessThan(Latest).WithErrorCode("time.too_far_ahead");
                p.RuleFor(x => x.Days).Must(d => d is null or (>= 1 and <= 3650)).WithErrorCode("medicine.days");
                p.RuleFor(x => x.Quantity).MaximumLength(50);
                p.RuleFor(x => x.Prescriber).MaximumLength(100);
                p.RuleFor(x => x.Status).IsInEnum();
            }).When(c => c.Prescription is not null);
            RuleFor(c => c.Source!).SetValidator(new SourceIdentifier.Rules()).When(c => c.Source is not null);
        }
    }
}
