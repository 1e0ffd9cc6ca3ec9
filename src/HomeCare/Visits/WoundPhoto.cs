using FluentValidation;
using HomeCare.VitalSigns;

namespace HomeCare.Visits;

/// <summary>A photograph of a wound as the record names it. The picture itself lies beside the log (<see cref="WoundPhotos"/>) and is known by its hash.</summary>
/// <param name="PhotoId">Chosen by the device that took it.</param>
/// <param name="Sha256">SHA-256 of the file: 64 hexadecimal digits, lower case.</param>
/// <param name="Bytes">Its length, at most <see cref="Longest"/>.</param>
/// <param name="Type"><c>image/jpeg</c>, <c>image/webp</c> or <c>image/png</c>.</param>
/// <param name="Width">Pixels, at most <see cref="WidestSide"/>.</param>
/// <param name="Height">Pixels, at most <see cref="WidestSide"/>.</param>
/// <param name="TakenAt">When it was taken.</param>
/// <param name="Place">Where on the body, and what is to be seen; at most 100 characters.</param>
public sealed record WoundPhoto(Guid PhotoId, string Sha256, int Bytes, string Type, int Width, int Height, DateTimeOffset TakenAt, string? Place = null)
{
    /// <summary>The largest file: 2 MiB. Devices shrink to a quarter of it.</summary>
    public const int Longest = 2 << 20;

    /// <summary>The widest side in pixels.</summary>
    public const int WidestSide = 4096;

    /// <summary>The most of one visit.</summary>
    public const int Most = 6;

    /// <summary>In how many bytes it is sent at a time; the last piece is what is left.</summary>
    public const int PieceSize = 64 * 1024;

    /// <summary>How many pieces it is sent in.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Pieces => (Bytes + PieceSize - 1) / PieceSize;

    /// <summary>How long a piece of it is, counted from 0; 0 when there is no such piece.</summary>
    public int LengthOf(int piece) => piece < 0 || piece >= Pieces ? 0 : Math.Min(PieceSize, Bytes - (piece * PieceSize));
}

/// <summary>What must hold of a photograph's description.</summary>
public sealed class WoundPhotoRules : AbstractValidator<WoundPhoto>
{
    /// <summary/>
    public WoundPhotoRules()
    {
        RuleFor(p => p.PhotoId).NotEmpty();
        RuleFor(p => p.Sha256).Must(h => h is { Length: 64 } && h.All(char.IsAsciiHexDigitLower)).WithErrorCode("photo.bad");
        RuleFor(p => p.Bytes).InclusiveBetween(1, WoundPhoto.Longest).WithErrorCode("photo.too_large");
        RuleFor(p => p.Type).Must(PhotoFormat.Types.Contains).WithErrorCode("photo.not_an_image");
        RuleFor(p => p.Width).InclusiveBetween(1, WoundPhoto.WidestSide).WithErrorCode("photo.too_large");
        RuleFor(p => p.Height).InclusiveBetween(1, WoundPhoto.WidestSide).WithErrorCode("photo.too_large");
        RuleFor(p => p.TakenAt).GreaterThan(VitalsRules.Earliest).WithErrorCode("time.too_early");
        RuleFor(p => p.Place).MaximumLength(100);
    }
}
