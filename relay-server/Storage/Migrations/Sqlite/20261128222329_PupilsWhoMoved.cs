using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AV1Relay.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class PupilsWhoMoved : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Schoolings_EarlierSchoolId",
                table: "Schoolings");

            migrationBuilder.CreateIndex(
                name: "IX_Schoolings_EarlierSchoolId",
                table: "Schoolings",
                column: "EarlierSchoolId",
                filter: "\"EarlierSchoolId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Schoolings_EarlierSchoolId",
                table: "Schoolings");

            migrationBuilder.CreateIndex(
                name: "IX_Schoolings_EarlierSchoolId",
                table: "Schoolings",
                column: "EarlierSchoolId");
        }
    }
}
